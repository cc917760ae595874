# Texts of the hosted pages. Every language has the same messages with the same variables;
# a test compares them.

error-title = Error: { $title }

name-username = Username
name-email = Email
name-phone-number = Phone number
name-email-or-phone-number = Email or phone number

field-password = Password
field-code = Code

sign-in-title = Sign in to { $application }
sign-in-heading = Sign in
sign-in-lead = Continue to { $application }.
sign-in-submit = Sign in

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
problem-over = Your sign-in took too long or had too many wrong codes. Please sign in again.
problem-reset-required = Your password must be reset before you can sign in. Use the code that you were sent in the application, or ask for one there.
problem-busy = The server is busy. Please try again in a moment.
problem-wrong-software-token-code = Invalid code received for user
problem-used-software-token-code = Your software token has already been used once.
problem-second-factor-attempts-exceeded = Attempt limit exceeded, please try after some time.
