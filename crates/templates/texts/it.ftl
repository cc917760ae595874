# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Errore: { $title }

name-username = Nome utente
name-email = Indirizzo email
name-phone-number = Numero di telefono
name-email-or-phone-number = Indirizzo email o numero di telefono

field-password = Password
field-new-password = Nuova password
field-new-password-again = Ripeti la nuova password
field-code = Codice

attribute-name = Nome completo
attribute-given_name = Nome
attribute-family_name = Cognome
attribute-middle_name = Secondo nome
attribute-nickname = Soprannome
attribute-preferred_username = Nome utente preferito
attribute-profile = Pagina del profilo
attribute-picture = Immagine
attribute-website = Sito web
attribute-gender = Genere
attribute-birthdate = Data di nascita
attribute-zoneinfo = Fuso orario
attribute-locale = Lingua
attribute-address = Indirizzo
attribute-updated_at = Ultima modifica
phone-number-hint = Con il prefisso internazionale, per esempio +12065550100.

password-demands = La password deve avere:
password-demand-length = Almeno { $count } caratteri
password-demand-uppercase = Una lettera maiuscola
password-demand-lowercase = Una lettera minuscola
password-demand-number = Un numero
password-demand-symbol = Un carattere speciale, o uno spazio all’interno
password-demand-uncommon = Una forma che non è tra le più comuni
password-demand-met = soddisfatto
password-demand-unmet = non soddisfatto

sign-in-title = Accedi a { $application }
sign-in-heading = Accedi
sign-in-lead = Continua su { $application }.
sign-in-submit = Accedi
sign-in-forgot-password = Hai dimenticato la password?
sign-in-sign-up-question = Ti serve un account?
sign-in-sign-up = Registrati
back-to-sign-in = Torna all’accesso

sign-up-title = Registrati a { $application }
sign-up-heading = Registrati
sign-up-lead = Crea un account per continuare su { $application }.
sign-up-submit = Registrati
sign-up-sign-in-question = Hai già un account?
sign-up-sign-in = Accedi

confirm-title = Conferma il tuo account per { $application }
confirm-heading = Conferma il tuo account
confirm-lead-code = Abbiamo inviato un codice a { $destination }. Inseriscilo per continuare su { $application }.
confirm-lead-link = Abbiamo inviato un link a { $destination }. Aprilo per confermare il tuo account, poi accedi.
confirm-lead-unknown = Inserisci il codice che hai ricevuto quando ti sei registrato.
confirm-submit = Conferma l’account
confirm-resend = Invia un altro codice
confirm-resend-link = Invia un altro link

confirmation-done = La tua registrazione è confermata!
confirmation-done-before = La tua registrazione era già confermata
confirmation-expired = Questo link non funziona più
confirmation-invalid = Questo link non è valido
confirmation-address-taken = Questo indirizzo email è già in uso
confirmation-too-many-tries = Troppi tentativi
confirmation-advice-done = Puoi chiudere questa pagina, tornare all’applicazione e accedere.
confirmation-advice-expired = Un link funziona una volta, per 24 ore, finché non ne viene inviato uno nuovo. Usa l’email più recente o chiedi un altro link nell’applicazione in cui ti sei registrato.
confirmation-advice-invalid = Forse ne manca una parte: alcuni programmi di posta spezzano i link lunghi. Copia il link intero o chiedine un altro nell’applicazione in cui ti sei registrato.
confirmation-advice-address-taken = Un altro account lo ha confermato. Torna all’applicazione e accedi con quell’account, o registrati con un altro indirizzo.
confirmation-advice-too-many-tries = Attendi un’ora, poi apri di nuovo il link.

forgot-title = Reimposta la password per { $application }
forgot-heading = Hai dimenticato la password?
forgot-lead = Dicci chi sei e invieremo un codice con cui scegliere una nuova password.
forgot-submit = Reimposta la password

reset-title = Scegli una nuova password per { $application }
reset-heading = Scegli una nuova password
reset-lead = Abbiamo inviato un codice a { $destination }. Inseriscilo e scegli una nuova password.
reset-lead-unknown = Inserisci il codice che hai ricevuto e scegli una nuova password.
reset-submit = Cambia password
reset-another-code = Invia un altro codice

new-password-lead = La sua password era temporanea. Ne scelga una propria per continuare su { $application }.

setup-title = Configura un’app di autenticazione per { $application }
setup-heading = Configura un’app di autenticazione
setup-lead = { $application } richiede un codice oltre alla password.
setup-scan = Scansioni questo con un’app di autenticazione sul telefono.
setup-picture = Codice QR per un’app di autenticazione
setup-type = Oppure vi digiti questa chiave:
setup-open = Apri un’app di autenticazione su questo dispositivo

note-confirmed = Il tuo account è confermato. Accedi.
note-code-sent = L’abbiamo inviato di nuovo. Quello di prima non funziona più.
note-password-changed = La tua password è stata cambiata. Accedi con quella nuova.
note-reset-required = Devi reimpostare la password prima di accedere.
note-done = Era già stato fatto. Se ti viene chiesto, accedi di nuovo.

second-factor-title = Inserisci il codice per accedere a { $application }
second-factor-heading = Inserisci il codice
second-factor-lead = Ancora un passo per continuare su { $application }.
second-factor-hint = Le sei cifre nella tua app di autenticazione.
second-factor-start-again = Accedi come un’altra persona

problem-wrong-username-or-password = Nome utente o password non corretti.
problem-user-does-not-exist = L’utente non esiste.
problem-password-attempts-exceeded = Troppi tentativi con la password
problem-user-disabled = L’utente è disabilitato.
problem-user-not-confirmed = L’utente non è confermato.
problem-not-genuine = La pagina era scaduta o il browser blocca i cookie. Non è stato inviato nulla: riprova.
problem-cookies-missing = Il browser non ha inviato alcun cookie. Consenti i cookie di questo sito nelle impostazioni, poi riprova. Non è stato fatto nulla.
problem-over = L’accesso ha richiesto troppo tempo, ha avuto troppi codici errati o è stato terminato altrove. Accedi di nuovo.
problem-reset-required = La password dell’utente deve essere reimpostata
problem-sign-up-not-permitted = Qui non è possibile registrarsi
problem-username-exists = L’utente esiste già
problem-username-form = Non è un nome utente: ha da 1 a 128 caratteri e nessuno spazio.
problem-password-form = La password non inizia né finisce con uno spazio e ha al massimo 256 caratteri.
problem-password-demands = La password non soddisfa quanto richiesto. Scegline un’altra.
problem-password-reused = La password è già stata usata
problem-passwords-differ = Le due password non sono uguali.
problem-attributes-required = Compila: { $fields }
problem-attribute-invalid = { $field }: il valore è troppo corto, troppo lungo o di un altro tipo.
problem-email-invalid = L’indirizzo email non è valido.
problem-phone-number-invalid = Il numero di telefono non è valido.
problem-code-mismatch = Il codice non è corretto, riprova.
problem-code-expired = Il codice non è più valido, chiedine un altro.
problem-attempt-limit-exceeded = Troppi tentativi, riprova più tardi.
problem-already-confirmed = L’utente è già confermato.
problem-no-such-user = L’utente non esiste.
problem-username-missing = Questa pagina non sa più chi sei. Inserisci anche il nome con cui ti sei registrato.
problem-address-taken = Un altro account ha confermato quell’indirizzo o quel numero. Accedi con quell’account, o registrati con un altro indirizzo.
problem-reset-by-administrator = Contatta l’amministratore per reimpostare la password.
problem-reset-failed = Non è stato possibile reimpostare la password, contatta l’assistenza o riprova
problem-busy = Il server è occupato. Riprova tra un momento.
problem-wrong-software-token-code = Il codice non è corretto
problem-used-software-token-code = Questo codice è già stato usato una volta.
problem-second-factor-attempts-exceeded = Troppi tentativi, riprova più tardi.
problem-software-token-set-up = Il codice non è valido. Controlli l’orologio del dispositivo e inserisca il codice mostrato ora.
problem-no-software-token = Per questo account non è configurata alcuna app di autenticazione.
problem-temporary-password-expired = La password temporanea è scaduta e deve essere reimpostata da un amministratore.
problem-attribute-not-writable = L’applicazione non può scrivere questo attributo

error-page-refused = Si è verificato un errore nella pagina richiesta.
error-page-failed = Qualcosa è andato storto
error-page-parameter-missing = Manca il parametro obbligatorio «{ $parameter }»
error-page-signed-out = Hai effettuato la disconnessione.
error-page-reference = Riferimento:
error-page-way-on = Torni all’applicazione e riprovi da lì. Se arriva di nuovo qui, comunichi il riferimento qui sotto a chi la gestisce.
