# Texts of the hosted pages. Every language has the same messages with the same variables;
# a test compares them.

error-title = Error: { $title }

name-username = Username
name-email = Email
name-phone-number = Phone number
name-email-or-phone-number = Email or phone number

field-password = Password
field-new-password = New password
field-new-password-again = New password again
field-code = Code

attribute-name = Name
attribute-given_name = Given name
attribute-family_name = Family name
attribute-middle_name = Middle name
attribute-nickname = Nickname
attribute-preferred_username = Preferred username
attribute-profile = Profile page
attribute-picture = Picture
attribute-website = Website
attribute-gender = Gender
attribute-birthdate = Date of birth
attribute-zoneinfo = Time zone
attribute-locale = Language
attribute-address = Address
attribute-updated_at = Last change
phone-number-hint = With the country code, such as +12065550100.

password-demands = Your password needs:
password-demand-length = At least { $count } characters
password-demand-uppercase = An uppercase letter
password-demand-lowercase = A lowercase letter
password-demand-number = A number
password-demand-symbol = A special character, or a space inside
password-demand-uncommon = To be none of the most common passwords
password-demand-met = met
password-demand-unmet = not met

sign-in-title = Sign in to { $application }
sign-in-heading = Sign in
sign-in-lead = Continue to { $application }.
sign-in-submit = Sign in
sign-in-forgot-password = Forgot your password?
sign-in-sign-up-question = Need an account?
sign-in-sign-up = Sign up
back-to-sign-in = Back to sign-in

sign-up-title = Sign up for { $application }
sign-up-heading = Sign up
sign-up-lead = Make an account to continue to { $application }.
sign-up-submit = Sign up
sign-up-sign-in-question = Already have an account?
sign-up-sign-in = Sign in

confirm-title = Confirm your account for { $application }
confirm-heading = Confirm your account
confirm-lead-code = We sent a code to { $destination }. Enter it to continue to { $application }.
confirm-lead-link = We sent a link to { $destination }. Follow it to confirm your account, then sign in.
confirm-lead-unknown = Enter the code that you were sent when you signed up.
confirm-submit = Confirm account
confirm-resend = Send another code
confirm-resend-link = Send another link

confirmation-done = Your registration has been confirmed!
confirmation-done-before = Your registration was already confirmed
confirmation-expired = This link no longer works
confirmation-invalid = This link is not valid
confirmation-address-taken = This email address is already in use
confirmation-too-many-tries = Too many attempts
confirmation-advice-done = You can close this page, go back to the application and sign in.
confirmation-advice-expired = A link works once, for 24 hours, until a newer one is sent. Use the newest mail, or ask for another link in the application where you signed up.
confirmation-advice-invalid = Part of it may be missing: some mail programs break long links. Copy the whole link from the mail, or ask for another in the application where you signed up.
confirmation-advice-address-taken = Another account has confirmed it. Go back to the application and sign in with that account, or sign up with another address.
confirmation-advice-too-many-tries = Please wait for an hour, then follow the link again.

forgot-title = Reset your password for { $application }
forgot-heading = Forgot your password?
forgot-lead = Say who you are, and we will send a code by which you can choose a new password.
forgot-submit = Reset my password

reset-title = Choose a new password for { $application }
reset-heading = Choose a new password
reset-lead = We sent a code to { $destination }. Enter it below and choose a new password.
reset-lead-unknown = Enter the code that you were sent and choose a new password.
reset-submit = Change password
reset-another-code = Send another code

new-password-lead = Your password was a temporary one. Choose your own to continue to { $application }.

setup-title = Set up an authenticator app for { $application }
setup-heading = Set up an authenticator app
setup-lead = { $application } asks for a code beside your password.
setup-scan = Scan this with an authenticator app on your phone.
setup-picture = QR code for an authenticator app
setup-type = Or type this key in there:
setup-open = Open an authenticator app on this device

note-confirmed = Your account is confirmed. Please sign in.
note-code-sent = We sent it again. What came before no longer works.
note-password-changed = Your password was changed. Please sign in with the new one.
note-reset-required = Your password must be reset before you can sign in.
note-done = This was done already. If you are asked, please sign in again.

second-factor-title = Enter your code to sign in to { $application }
second-factor-heading = Enter your code
second-factor-lead = One more step to continue to { $application }.
second-factor-hint = The six digits in your authenticator app.
second-factor-start-again = Sign in as somebody else

problem-wrong-username-or-password = Incorrect username or password.
problem-user-does-not-exist = User does not exist.
problem-password-attempts-exceeded = Password attempts exceeded
problem-user-disabled = User is disabled.
problem-user-not-confirmed = User is not confirmed.
problem-not-genuine = This page had expired, or your browser blocks cookies. Nothing was sent: please try again.
problem-cookies-missing = Your browser sent no cookie along. Allow cookies for this site in its settings, then try again. Nothing was done.
problem-over = Your sign-in took too long, had too many wrong codes or was ended elsewhere. Please sign in again.
problem-reset-required = Password reset required for the user
problem-sign-up-not-permitted = SignUp is not permitted for this user pool
problem-username-exists = User already exists
problem-username-form = That is no username: it has 1 to 128 characters and no spaces.
problem-password-form = The password neither begins nor ends with a space, and has 256 characters at most.
problem-password-demands = The password does not meet what is demanded of it. Please choose another.
problem-password-reused = Password has previously been used
problem-passwords-differ = The two passwords are not the same.
problem-attributes-required = Please fill in: { $fields }
problem-attribute-invalid = { $field }: the value is too short, too long or not of the right kind.
problem-email-invalid = Invalid email address format.
problem-phone-number-invalid = Invalid phone number format.
problem-code-mismatch = Invalid verification code provided, please try again.
problem-code-expired = Invalid code provided, please request a code again.
problem-attempt-limit-exceeded = Attempt limit exceeded, please try after some time.
problem-already-confirmed = User is already confirmed.
problem-no-such-user = Username/client id combination not found.
problem-username-missing = This page no longer knows who you are. Please fill in the name you signed up with, too.
problem-address-taken = Another account has confirmed that address or number. Sign in with that account, or sign up with another address.
problem-reset-by-administrator = Contact administrator to reset password.
problem-reset-failed = Could not reset password for the account, please contact support or try again
problem-busy = The server is busy. Please try again in a moment.
problem-wrong-software-token-code = Invalid code received for user
problem-used-software-token-code = Your software token has already been used once.
problem-second-factor-attempts-exceeded = Attempt limit exceeded, please try after some time.
problem-software-token-set-up = That code does not fit. Check the clock of your device, and enter the code that is shown now.
problem-no-software-token = Software Token MFA does not exist for the user.
problem-temporary-password-expired = Temporary password has expired and must be reset by an administrator.
problem-attribute-not-writable = A client attempted to write unauthorized attribute

error-page-refused = An error was encountered with the requested page.
error-page-failed = Something went wrong
error-page-parameter-missing = Required String parameter '{ $parameter }' is not present
error-page-signed-out = You are signed out.
error-page-reference = Reference:
error-page-way-on = Go back to the application and try again from there. If you come here once more, tell the people who run it the reference below.
