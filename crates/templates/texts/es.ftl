# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Error: { $title }

name-username = Nombre de usuario
name-email = Correo electrónico
name-phone-number = Número de teléfono
name-email-or-phone-number = Correo electrónico o número de teléfono

field-password = Contraseña
field-new-password = Contraseña nueva
field-new-password-again = Repita la contraseña nueva
field-code = Código

attribute-name = Nombre completo
attribute-given_name = Nombre
attribute-family_name = Apellidos
attribute-middle_name = Segundo nombre
attribute-nickname = Apodo
attribute-preferred_username = Nombre de usuario preferido
attribute-profile = Página de perfil
attribute-picture = Imagen
attribute-website = Sitio web
attribute-gender = Género
attribute-birthdate = Fecha de nacimiento
attribute-zoneinfo = Zona horaria
attribute-locale = Idioma
attribute-address = Dirección
attribute-updated_at = Último cambio
phone-number-hint = Con el prefijo del país, por ejemplo +12065550100.

password-demands = La contraseña necesita:
password-demand-length = Al menos { $count } caracteres
password-demand-uppercase = Una letra mayúscula
password-demand-lowercase = Una letra minúscula
password-demand-number = Un número
password-demand-symbol = Un carácter especial, o un espacio en su interior
password-demand-uncommon = No ser una de las contraseñas más comunes
password-demand-met = se cumple
password-demand-unmet = no se cumple

sign-in-title = Iniciar sesión en { $application }
sign-in-heading = Iniciar sesión
sign-in-lead = Continuar a { $application }.
sign-in-submit = Iniciar sesión
sign-in-forgot-password = ¿Ha olvidado la contraseña?
sign-in-sign-up-question = ¿Necesita una cuenta?
sign-in-sign-up = Registrarse
back-to-sign-in = Volver al inicio de sesión

sign-up-title = Registrarse en { $application }
sign-up-heading = Registrarse
sign-up-lead = Cree una cuenta para continuar a { $application }.
sign-up-submit = Registrarse
sign-up-sign-in-question = ¿Ya tiene una cuenta?
sign-up-sign-in = Iniciar sesión

confirm-title = Confirmar la cuenta de { $application }
confirm-heading = Confirmar la cuenta
confirm-lead-code = Hemos enviado un código a { $destination }. Introdúzcalo para continuar a { $application }.
confirm-lead-link = Hemos enviado un enlace a { $destination }. Ábralo para confirmar la cuenta y después inicie sesión.
confirm-lead-unknown = Introduzca el código que recibió al registrarse.
confirm-submit = Confirmar la cuenta
confirm-resend = Enviar otro código
confirm-resend-link = Enviar otro enlace

confirmation-done = ¡Su registro está confirmado!
confirmation-done-before = Su registro ya estaba confirmado
confirmation-expired = Este enlace ya no funciona
confirmation-invalid = Este enlace no es válido
confirmation-address-taken = Este correo electrónico ya está en uso
confirmation-too-many-tries = Demasiados intentos
confirmation-advice-done = Puede cerrar esta página, volver a la aplicación e iniciar sesión.
confirmation-advice-expired = Un enlace funciona una vez, durante 24 horas, hasta que se envía otro. Use el correo más reciente o pida otro enlace en la aplicación donde se registró.
confirmation-advice-invalid = Puede que falte una parte: algunos programas de correo cortan los enlaces largos. Copie el enlace completo o pida otro en la aplicación donde se registró.
confirmation-advice-address-taken = Otra cuenta lo ha confirmado. Vuelva a la aplicación e inicie sesión con esa cuenta, o regístrese con otra dirección.
confirmation-advice-too-many-tries = Espere una hora y abra el enlace de nuevo.

forgot-title = Restablecer la contraseña de { $application }
forgot-heading = ¿Ha olvidado la contraseña?
forgot-lead = Díganos quién es y le enviaremos un código con el que elegir una contraseña nueva.
forgot-submit = Restablecer la contraseña

reset-title = Elegir una contraseña nueva para { $application }
reset-heading = Elegir una contraseña nueva
reset-lead = Hemos enviado un código a { $destination }. Introdúzcalo y elija una contraseña nueva.
reset-lead-unknown = Introduzca el código que recibió y elija una contraseña nueva.
reset-submit = Cambiar la contraseña
reset-another-code = Enviar otro código

new-password-lead = Su contraseña era temporal. Elija una propia para continuar en { $application }.

setup-title = Configurar una aplicación de autenticación para { $application }
setup-heading = Configurar una aplicación de autenticación
setup-lead = { $application } pide un código además de su contraseña.
setup-scan = Escanee esto con una aplicación de autenticación en su teléfono.
setup-picture = Código QR para una aplicación de autenticación
setup-type = O escriba allí esta clave:
setup-open = Abrir una aplicación de autenticación en este dispositivo

note-confirmed = Su cuenta está confirmada. Inicie sesión.
note-code-sent = Lo hemos enviado de nuevo. Lo anterior ya no funciona.
note-password-changed = Su contraseña ha cambiado. Inicie sesión con la nueva.
note-reset-required = Debe restablecer la contraseña antes de iniciar sesión.
note-done = Esto ya estaba hecho. Si se le pide, inicie sesión de nuevo.

second-factor-title = Introducir el código para iniciar sesión en { $application }
second-factor-heading = Introduzca el código
second-factor-lead = Un paso más para continuar a { $application }.
second-factor-hint = Los seis dígitos de su aplicación de autenticación.
second-factor-start-again = Iniciar sesión como otra persona

problem-wrong-username-or-password = El nombre de usuario o la contraseña no son correctos.
problem-user-does-not-exist = El usuario no existe.
problem-password-attempts-exceeded = Demasiados intentos con la contraseña
problem-user-disabled = El usuario está deshabilitado.
problem-user-not-confirmed = El usuario no está confirmado.
problem-not-genuine = La página había caducado o su navegador bloquea las cookies. No se ha enviado nada: inténtelo de nuevo.
problem-cookies-missing = Su navegador no envió ninguna cookie. Permita las cookies de este sitio en su configuración e inténtelo de nuevo. No se ha hecho nada.
problem-over = El inicio de sesión tardó demasiado, tuvo demasiados códigos incorrectos o se terminó en otro lugar. Inicie sesión de nuevo.
problem-reset-required = Hay que restablecer la contraseña del usuario
problem-sign-up-not-permitted = Aquí no es posible registrarse
problem-username-exists = El usuario ya existe
problem-username-form = Ese no es un nombre de usuario: tiene de 1 a 128 caracteres y ningún espacio.
problem-password-form = La contraseña no empieza ni termina con un espacio y tiene como máximo 256 caracteres.
problem-password-demands = La contraseña no cumple lo que se pide. Elija otra.
problem-password-reused = Esa contraseña ya se ha usado
problem-passwords-differ = Las dos contraseñas no son iguales.
problem-attributes-required = Rellene: { $fields }
problem-attribute-invalid = { $field }: el valor es demasiado corto, demasiado largo o de otro tipo.
problem-email-invalid = El correo electrónico no es válido.
problem-phone-number-invalid = El número de teléfono no es válido.
problem-code-mismatch = El código no es correcto, inténtelo de nuevo.
problem-code-expired = El código ya no es válido, pida otro.
problem-attempt-limit-exceeded = Demasiados intentos, inténtelo más tarde.
problem-already-confirmed = El usuario ya está confirmado.
problem-no-such-user = El usuario no existe.
problem-username-missing = Esta página ya no sabe quién es usted. Escriba también el nombre con el que se registró.
problem-address-taken = Otra cuenta ha confirmado esa dirección o ese número. Inicie sesión con esa cuenta o regístrese con otra dirección.
problem-reset-by-administrator = Póngase en contacto con el administrador para restablecer la contraseña.
problem-reset-failed = No se ha podido restablecer la contraseña; póngase en contacto con el soporte o inténtelo de nuevo
problem-busy = El servidor está ocupado. Inténtelo de nuevo en un momento.
problem-wrong-software-token-code = El código no es correcto
problem-used-software-token-code = Ese código ya se ha usado una vez.
problem-second-factor-attempts-exceeded = Demasiados intentos, inténtelo más tarde.
problem-software-token-set-up = Ese código no es válido. Compruebe el reloj de su dispositivo e introduzca el código que se muestra ahora.
problem-no-software-token = Esta cuenta no tiene ninguna aplicación de autenticación configurada.
problem-temporary-password-expired = La contraseña temporal ha caducado y un administrador debe restablecerla.
problem-attribute-not-writable = La aplicación no puede escribir este atributo

error-page-refused = Se ha producido un error en la página solicitada.
error-page-failed = Algo ha salido mal
error-page-parameter-missing = Falta el parámetro obligatorio «{ $parameter }»
error-page-signed-out = Ha cerrado la sesión.
error-page-reference = Referencia:
error-page-way-on = Vuelva a la aplicación e inténtelo de nuevo desde allí. Si llega aquí otra vez, indique la referencia de abajo a quienes la gestionan.
