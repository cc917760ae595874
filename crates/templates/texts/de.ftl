# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Fehler: { $title }

name-username = Benutzername
name-email = E-Mail-Adresse
name-phone-number = Telefonnummer
name-email-or-phone-number = E-Mail-Adresse oder Telefonnummer

field-password = Passwort
field-new-password = Neues Passwort
field-new-password-again = Neues Passwort wiederholen
field-code = Code

attribute-name = Name
attribute-given_name = Vorname
attribute-family_name = Nachname
attribute-middle_name = Zweiter Vorname
attribute-nickname = Spitzname
attribute-preferred_username = Bevorzugter Benutzername
attribute-profile = Profilseite
attribute-picture = Bild
attribute-website = Website
attribute-gender = Geschlecht
attribute-birthdate = Geburtsdatum
attribute-zoneinfo = Zeitzone
attribute-locale = Sprache
attribute-address = Adresse
attribute-updated_at = Letzte Änderung
phone-number-hint = Mit Landesvorwahl, zum Beispiel +12065550100.

password-demands = Das Passwort braucht:
password-demand-length = Mindestens { $count } Zeichen
password-demand-uppercase = Einen Großbuchstaben
password-demand-lowercase = Einen Kleinbuchstaben
password-demand-number = Eine Ziffer
password-demand-symbol = Ein Sonderzeichen oder ein Leerzeichen im Inneren
password-demand-uncommon = Keines der häufigsten Passwörter zu sein
password-demand-met = erfüllt
password-demand-unmet = nicht erfüllt

sign-in-title = Bei { $application } anmelden
sign-in-heading = Anmelden
sign-in-lead = Weiter zu { $application }.
sign-in-submit = Anmelden
sign-in-forgot-password = Passwort vergessen?
sign-in-sign-up-question = Noch kein Konto?
sign-in-sign-up = Registrieren
back-to-sign-in = Zurück zur Anmeldung

sign-up-title = Bei { $application } registrieren
sign-up-heading = Registrieren
sign-up-lead = Legen Sie ein Konto an, um zu { $application } zu gelangen.
sign-up-submit = Registrieren
sign-up-sign-in-question = Sie haben schon ein Konto?
sign-up-sign-in = Anmelden

confirm-title = Konto für { $application } bestätigen
confirm-heading = Konto bestätigen
confirm-lead-code = Wir haben einen Code an { $destination } gesendet. Geben Sie ihn ein, um zu { $application } zu gelangen.
confirm-lead-link = Wir haben einen Link an { $destination } gesendet. Folgen Sie ihm, um Ihr Konto zu bestätigen, und melden Sie sich dann an.
confirm-lead-unknown = Geben Sie den Code ein, den Sie bei der Registrierung erhalten haben.
confirm-submit = Konto bestätigen
confirm-resend = Neuen Code senden
confirm-resend-link = Neuen Link senden

confirmation-done = Ihre Registrierung ist bestätigt!
confirmation-done-before = Ihre Registrierung war schon bestätigt
confirmation-expired = Dieser Link gilt nicht mehr
confirmation-invalid = Dieser Link ist ungültig
confirmation-address-taken = Diese E-Mail-Adresse wird schon verwendet
confirmation-too-many-tries = Zu viele Versuche
confirmation-advice-done = Sie können diese Seite schließen, zur Anwendung zurückgehen und sich anmelden.
confirmation-advice-expired = Ein Link gilt einmal, 24 Stunden lang und nur, bis ein neuer gesendet wird. Nehmen Sie die neueste E-Mail, oder fordern Sie in der Anwendung einen neuen Link an.
confirmation-advice-invalid = Vielleicht fehlt ein Teil: Manche E-Mail-Programme brechen lange Links um. Kopieren Sie den ganzen Link, oder fordern Sie in der Anwendung einen neuen an.
confirmation-advice-address-taken = Ein anderes Konto hat sie bestätigt. Melden Sie sich mit jenem Konto an, oder registrieren Sie sich mit einer anderen Adresse.
confirmation-advice-too-many-tries = Bitte warten Sie eine Stunde, und folgen Sie dem Link dann noch einmal.

forgot-title = Passwort für { $application } zurücksetzen
forgot-heading = Passwort vergessen?
forgot-lead = Sagen Sie uns, wer Sie sind. Wir senden einen Code, mit dem Sie ein neues Passwort wählen können.
forgot-submit = Passwort zurücksetzen

reset-title = Neues Passwort für { $application } wählen
reset-heading = Neues Passwort wählen
reset-lead = Wir haben einen Code an { $destination } gesendet. Geben Sie ihn ein, und wählen Sie ein neues Passwort.
reset-lead-unknown = Geben Sie den Code ein, den Sie erhalten haben, und wählen Sie ein neues Passwort.
reset-submit = Passwort ändern
reset-another-code = Neuen Code senden

new-password-lead = Ihr Passwort war nur vorläufig. Wählen Sie ein eigenes, um mit { $application } fortzufahren.

setup-title = Authentifizierungs-App für { $application } einrichten
setup-heading = Authentifizierungs-App einrichten
setup-lead = { $application } fragt neben dem Passwort nach einem Code.
setup-scan = Scannen Sie dies mit einer Authentifizierungs-App auf Ihrem Telefon.
setup-picture = QR-Code für eine Authentifizierungs-App
setup-type = Oder geben Sie dort diesen Schlüssel ein:
setup-open = Eine Authentifizierungs-App auf diesem Gerät öffnen

note-confirmed = Ihr Konto ist bestätigt. Bitte melden Sie sich an.
note-code-sent = Wir haben ihn noch einmal gesendet. Was vorher kam, gilt nicht mehr.
note-password-changed = Ihr Passwort ist geändert. Bitte melden Sie sich mit dem neuen an.
note-reset-required = Ihr Passwort muss zurückgesetzt werden, bevor Sie sich anmelden können.
note-done = Das ist schon erledigt. Bitte melden Sie sich noch einmal an, falls Sie gefragt werden.

second-factor-title = Code eingeben, um sich bei { $application } anzumelden
second-factor-heading = Code eingeben
second-factor-lead = Noch ein Schritt bis zu { $application }.
second-factor-hint = Die sechs Ziffern in Ihrer Authenticator-App.
second-factor-start-again = Als jemand anders anmelden

problem-wrong-username-or-password = Benutzername oder Passwort ist falsch.
problem-user-does-not-exist = Diesen Benutzer gibt es nicht.
problem-password-attempts-exceeded = Zu viele falsche Passwörter
problem-user-disabled = Der Benutzer ist gesperrt.
problem-user-not-confirmed = Der Benutzer ist nicht bestätigt.
problem-not-genuine = Die Seite war zu lange offen, oder Ihr Browser blockiert Cookies. Nichts wurde gesendet: Bitte versuchen Sie es noch einmal.
problem-cookies-missing = Ihr Browser hat kein Cookie mitgeschickt. Erlauben Sie in seinen Einstellungen Cookies für diese Website und versuchen Sie es noch einmal. Es ist nichts geschehen.
problem-over = Die Anmeldung hat zu lange gedauert, hatte zu viele falsche Codes oder wurde anderswo beendet. Bitte melden Sie sich noch einmal an.
problem-reset-required = Das Passwort muss zurückgesetzt werden
problem-sign-up-not-permitted = Die Registrierung ist hier nicht möglich
problem-username-exists = Diesen Benutzer gibt es schon
problem-username-form = Das ist kein Benutzername: Er hat 1 bis 128 Zeichen und keine Leerzeichen.
problem-password-form = Das Passwort beginnt und endet nicht mit einem Leerzeichen und hat höchstens 256 Zeichen.
problem-password-demands = Das Passwort erfüllt nicht, was verlangt ist. Bitte wählen Sie ein anderes.
problem-password-reused = Dieses Passwort wurde schon verwendet
problem-passwords-differ = Die beiden Passwörter sind nicht gleich.
problem-attributes-required = Bitte ausfüllen: { $fields }
problem-attribute-invalid = { $field }: Der Wert ist zu kurz, zu lang oder von falscher Art.
problem-email-invalid = Das ist keine E-Mail-Adresse.
problem-phone-number-invalid = Das ist keine Telefonnummer.
problem-code-mismatch = Der Code ist falsch, bitte versuchen Sie es noch einmal.
problem-code-expired = Der Code gilt nicht mehr, bitte fordern Sie einen neuen an.
problem-attempt-limit-exceeded = Zu viele Versuche, bitte versuchen Sie es später noch einmal.
problem-already-confirmed = Der Benutzer ist schon bestätigt.
problem-no-such-user = Diesen Benutzer gibt es nicht.
problem-username-missing = Diese Seite weiß nicht mehr, wer Sie sind. Bitte geben Sie auch den Namen ein, mit dem Sie sich registriert haben.
problem-address-taken = Ein anderes Konto hat diese Adresse oder Nummer bestätigt. Melden Sie sich mit jenem Konto an, oder registrieren Sie sich mit einer anderen Adresse.
problem-reset-by-administrator = Bitte wenden Sie sich an den Administrator, um das Passwort zurückzusetzen.
problem-reset-failed = Das Passwort konnte nicht zurückgesetzt werden. Bitte wenden Sie sich an den Support, oder versuchen Sie es noch einmal
problem-busy = Der Server ist ausgelastet. Bitte versuchen Sie es gleich noch einmal.
problem-wrong-software-token-code = Der Code ist falsch
problem-used-software-token-code = Dieser Code wurde schon einmal verwendet.
problem-second-factor-attempts-exceeded = Zu viele Versuche, bitte versuchen Sie es später noch einmal.
problem-software-token-set-up = Dieser Code passt nicht. Prüfen Sie die Uhr Ihres Geräts und geben Sie den Code ein, der jetzt angezeigt wird.
problem-no-software-token = Für dieses Konto ist keine Authenticator-App eingerichtet.
problem-temporary-password-expired = Das vorläufige Passwort ist abgelaufen und muss von einem Administrator zurückgesetzt werden.
problem-attribute-not-writable = Die Anwendung darf dieses Attribut nicht setzen

error-page-refused = Beim Öffnen der Seite ist ein Fehler aufgetreten.
error-page-failed = Etwas ist schiefgegangen
error-page-parameter-missing = Der erforderliche Parameter „{ $parameter }“ fehlt
error-page-signed-out = Sie sind abgemeldet.
error-page-reference = Referenz:
error-page-way-on = Gehen Sie zurück zur Anwendung und versuchen Sie es von dort erneut. Wenn Sie wieder hierher kommen, nennen Sie deren Betreibern die Referenz unten.
