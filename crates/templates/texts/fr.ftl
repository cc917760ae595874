# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Erreur : { $title }

name-username = Nom d’utilisateur
name-email = Adresse e-mail
name-phone-number = Numéro de téléphone
name-email-or-phone-number = Adresse e-mail ou numéro de téléphone

field-password = Mot de passe
field-new-password = Nouveau mot de passe
field-new-password-again = Répétez le nouveau mot de passe
field-code = Code

attribute-name = Nom complet
attribute-given_name = Prénom
attribute-family_name = Nom de famille
attribute-middle_name = Deuxième prénom
attribute-nickname = Surnom
attribute-preferred_username = Nom d’utilisateur préféré
attribute-profile = Page de profil
attribute-picture = Image
attribute-website = Site web
attribute-gender = Genre
attribute-birthdate = Date de naissance
attribute-zoneinfo = Fuseau horaire
attribute-locale = Langue
attribute-address = Adresse
attribute-updated_at = Dernière modification
phone-number-hint = Avec l’indicatif du pays, par exemple +12065550100.

password-demands = Le mot de passe doit avoir :
password-demand-length = Au moins { $count } caractères
password-demand-uppercase = Une lettre majuscule
password-demand-lowercase = Une lettre minuscule
password-demand-number = Un chiffre
password-demand-symbol = Un caractère spécial, ou une espace à l’intérieur
password-demand-uncommon = Une forme qui n’est pas parmi les plus courantes
password-demand-met = rempli
password-demand-unmet = non rempli

sign-in-title = Se connecter à { $application }
sign-in-heading = Se connecter
sign-in-lead = Continuer vers { $application }.
sign-in-submit = Se connecter
sign-in-forgot-password = Mot de passe oublié ?
sign-in-sign-up-question = Pas encore de compte ?
sign-in-sign-up = S’inscrire
back-to-sign-in = Retour à la connexion

sign-up-title = S’inscrire à { $application }
sign-up-heading = S’inscrire
sign-up-lead = Créez un compte pour continuer vers { $application }.
sign-up-submit = S’inscrire
sign-up-sign-in-question = Vous avez déjà un compte ?
sign-up-sign-in = Se connecter

confirm-title = Confirmer votre compte pour { $application }
confirm-heading = Confirmez votre compte
confirm-lead-code = Nous avons envoyé un code à { $destination }. Saisissez-le pour continuer vers { $application }.
confirm-lead-link = Nous avons envoyé un lien à { $destination }. Suivez-le pour confirmer votre compte, puis connectez-vous.
confirm-lead-unknown = Saisissez le code reçu lors de votre inscription.
confirm-submit = Confirmer le compte
confirm-resend = Envoyer un autre code
confirm-resend-link = Envoyer un autre lien

confirmation-done = Votre inscription est confirmée !
confirmation-done-before = Votre inscription était déjà confirmée
confirmation-expired = Ce lien ne fonctionne plus
confirmation-invalid = Ce lien n’est pas valide
confirmation-address-taken = Cette adresse e-mail est déjà utilisée
confirmation-too-many-tries = Trop de tentatives
confirmation-advice-done = Vous pouvez fermer cette page, revenir à l’application et vous connecter.
confirmation-advice-expired = Un lien fonctionne une fois, pendant 24 heures, jusqu’à l’envoi d’un nouveau. Utilisez le dernier e-mail ou demandez un autre lien dans l’application où vous vous êtes inscrit.
confirmation-advice-invalid = Il en manque peut-être une partie : certains logiciels de messagerie coupent les longs liens. Copiez le lien entier ou demandez-en un autre dans l’application où vous vous êtes inscrit.
confirmation-advice-address-taken = Un autre compte l’a confirmée. Revenez à l’application et connectez-vous avec ce compte, ou inscrivez-vous avec une autre adresse.
confirmation-advice-too-many-tries = Attendez une heure, puis suivez de nouveau le lien.

forgot-title = Réinitialiser votre mot de passe pour { $application }
forgot-heading = Mot de passe oublié ?
forgot-lead = Dites-nous qui vous êtes, et nous enverrons un code pour choisir un nouveau mot de passe.
forgot-submit = Réinitialiser mon mot de passe

reset-title = Choisir un nouveau mot de passe pour { $application }
reset-heading = Choisissez un nouveau mot de passe
reset-lead = Nous avons envoyé un code à { $destination }. Saisissez-le et choisissez un nouveau mot de passe.
reset-lead-unknown = Saisissez le code reçu et choisissez un nouveau mot de passe.
reset-submit = Changer le mot de passe
reset-another-code = Envoyer un autre code

new-password-lead = Votre mot de passe était temporaire. Choisissez le vôtre pour continuer vers { $application }.

setup-title = Configurer une application d’authentification pour { $application }
setup-heading = Configurer une application d’authentification
setup-lead = { $application } demande un code en plus de votre mot de passe.
setup-scan = Scannez ceci avec une application d’authentification sur votre téléphone.
setup-picture = Code QR pour une application d’authentification
setup-type = Ou saisissez-y cette clé :
setup-open = Ouvrir une application d’authentification sur cet appareil

note-confirmed = Votre compte est confirmé. Connectez-vous.
note-code-sent = Nous l’avons renvoyé. Le précédent ne fonctionne plus.
note-password-changed = Votre mot de passe a été changé. Connectez-vous avec le nouveau.
note-reset-required = Votre mot de passe doit être réinitialisé avant de vous connecter.
note-done = C’était déjà fait. Si on vous le demande, connectez-vous de nouveau.

second-factor-title = Saisir votre code pour vous connecter à { $application }
second-factor-heading = Saisissez votre code
second-factor-lead = Encore une étape pour continuer vers { $application }.
second-factor-hint = Les six chiffres de votre application d’authentification.
second-factor-start-again = Se connecter sous un autre nom

problem-wrong-username-or-password = Nom d’utilisateur ou mot de passe incorrect.
problem-user-does-not-exist = L’utilisateur n’existe pas.
problem-password-attempts-exceeded = Trop de mots de passe incorrects
problem-user-disabled = L’utilisateur est désactivé.
problem-user-not-confirmed = L’utilisateur n’est pas confirmé.
problem-not-genuine = Cette page avait expiré, ou votre navigateur bloque les cookies. Rien n’a été envoyé : réessayez.
problem-cookies-missing = Votre navigateur n’a envoyé aucun cookie. Autorisez les cookies de ce site dans ses réglages, puis réessayez. Rien n’a été fait.
problem-over = La connexion a pris trop de temps, a eu trop de codes incorrects ou a été arrêtée ailleurs. Connectez-vous de nouveau.
problem-reset-required = Le mot de passe de l’utilisateur doit être réinitialisé
problem-sign-up-not-permitted = L’inscription n’est pas possible ici
problem-username-exists = L’utilisateur existe déjà
problem-username-form = Ce n’est pas un nom d’utilisateur : il a de 1 à 128 caractères et aucune espace.
problem-password-form = Le mot de passe ne commence ni ne finit par une espace, et a 256 caractères au plus.
problem-password-demands = Le mot de passe ne remplit pas ce qui est demandé. Choisissez-en un autre.
problem-password-reused = Ce mot de passe a déjà été utilisé
problem-passwords-differ = Les deux mots de passe ne sont pas identiques.
problem-attributes-required = Veuillez remplir : { $fields }
problem-attribute-invalid = { $field } : la valeur est trop courte, trop longue ou d’un autre type.
problem-email-invalid = L’adresse e-mail n’est pas valide.
problem-phone-number-invalid = Le numéro de téléphone n’est pas valide.
problem-code-mismatch = Le code est incorrect, réessayez.
problem-code-expired = Le code n’est plus valide, demandez-en un autre.
problem-attempt-limit-exceeded = Trop de tentatives, réessayez plus tard.
problem-already-confirmed = L’utilisateur est déjà confirmé.
problem-no-such-user = L’utilisateur n’existe pas.
problem-username-missing = Cette page ne sait plus qui vous êtes. Indiquez aussi le nom avec lequel vous vous êtes inscrit.
problem-address-taken = Un autre compte a confirmé cette adresse ou ce numéro. Connectez-vous avec ce compte, ou inscrivez-vous avec une autre adresse.
problem-reset-by-administrator = Contactez l’administrateur pour réinitialiser le mot de passe.
problem-reset-failed = Le mot de passe n’a pas pu être réinitialisé, contactez l’assistance ou réessayez
problem-busy = Le serveur est occupé. Réessayez dans un instant.
problem-wrong-software-token-code = Le code est incorrect
problem-used-software-token-code = Ce code a déjà été utilisé une fois.
problem-second-factor-attempts-exceeded = Trop de tentatives, réessayez plus tard.
problem-software-token-set-up = Ce code ne convient pas. Vérifiez l’heure de votre appareil et saisissez le code affiché maintenant.
problem-no-software-token = Aucune application d’authentification n’est configurée pour ce compte.
problem-temporary-password-expired = Le mot de passe temporaire a expiré et doit être réinitialisé par un administrateur.
problem-attribute-not-writable = L’application n’est pas autorisée à modifier cet attribut

error-page-refused = Une erreur s’est produite sur la page demandée.
error-page-failed = Une erreur est survenue
error-page-parameter-missing = Le paramètre obligatoire « { $parameter } » est absent
error-page-signed-out = Déconnexion effectuée.
error-page-reference = Référence :
error-page-way-on = Revenez à l’application et réessayez à partir de là. Si vous arrivez de nouveau ici, communiquez la référence ci-dessous à ceux qui la gèrent.
