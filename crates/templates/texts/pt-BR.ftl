# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Erro: { $title }

name-username = Nome de usuário
name-email = E-mail
name-phone-number = Número de telefone
name-email-or-phone-number = E-mail ou número de telefone

field-password = Senha
field-new-password = Nova senha
field-new-password-again = Repita a nova senha
field-code = Código

attribute-name = Nome completo
attribute-given_name = Nome
attribute-family_name = Sobrenome
attribute-middle_name = Nome do meio
attribute-nickname = Apelido
attribute-preferred_username = Nome de usuário preferido
attribute-profile = Página de perfil
attribute-picture = Imagem
attribute-website = Site
attribute-gender = Gênero
attribute-birthdate = Data de nascimento
attribute-zoneinfo = Fuso horário
attribute-locale = Idioma
attribute-address = Endereço
attribute-updated_at = Última alteração
phone-number-hint = Com o código do país, por exemplo +12065550100.

password-demands = A senha precisa ter:
password-demand-length = Pelo menos { $count } caracteres
password-demand-uppercase = Uma letra maiúscula
password-demand-lowercase = Uma letra minúscula
password-demand-number = Um número
password-demand-symbol = Um caractere especial, ou um espaço no meio
password-demand-uncommon = Uma forma que não está entre as mais comuns
password-demand-met = atendido
password-demand-unmet = não atendido

sign-in-title = Entrar em { $application }
sign-in-heading = Entrar
sign-in-lead = Continuar para { $application }.
sign-in-submit = Entrar
sign-in-forgot-password = Esqueceu a senha?
sign-in-sign-up-question = Precisa de uma conta?
sign-in-sign-up = Cadastre-se
back-to-sign-in = Voltar para a entrada

sign-up-title = Cadastre-se em { $application }
sign-up-heading = Cadastre-se
sign-up-lead = Crie uma conta para continuar para { $application }.
sign-up-submit = Cadastrar
sign-up-sign-in-question = Já tem uma conta?
sign-up-sign-in = Entrar

confirm-title = Confirme sua conta para { $application }
confirm-heading = Confirme sua conta
confirm-lead-code = Enviamos um código para { $destination }. Digite-o para continuar para { $application }.
confirm-lead-link = Enviamos um link para { $destination }. Abra-o para confirmar sua conta e depois entre.
confirm-lead-unknown = Digite o código que você recebeu ao se cadastrar.
confirm-submit = Confirmar conta
confirm-resend = Enviar outro código
confirm-resend-link = Enviar outro link

confirmation-done = Seu cadastro foi confirmado!
confirmation-done-before = Seu cadastro já estava confirmado
confirmation-expired = Este link não funciona mais
confirmation-invalid = Este link não é válido
confirmation-address-taken = Este e-mail já está em uso
confirmation-too-many-tries = Tentativas demais
confirmation-advice-done = Você pode fechar esta página, voltar ao aplicativo e entrar.
confirmation-advice-expired = Um link funciona uma vez, por 24 horas, até que outro seja enviado. Use o e-mail mais recente ou peça outro link no aplicativo em que você se cadastrou.
confirmation-advice-invalid = Pode faltar uma parte: alguns programas de e-mail quebram links longos. Copie o link inteiro ou peça outro no aplicativo em que você se cadastrou.
confirmation-advice-address-taken = Outra conta o confirmou. Volte ao aplicativo e entre com essa conta, ou cadastre-se com outro endereço.
confirmation-advice-too-many-tries = Espere uma hora e abra o link de novo.

forgot-title = Redefinir sua senha de { $application }
forgot-heading = Esqueceu a senha?
forgot-lead = Diga quem você é, e enviaremos um código para você escolher uma nova senha.
forgot-submit = Redefinir minha senha

reset-title = Escolha uma nova senha para { $application }
reset-heading = Escolha uma nova senha
reset-lead = Enviamos um código para { $destination }. Digite-o e escolha uma nova senha.
reset-lead-unknown = Digite o código que você recebeu e escolha uma nova senha.
reset-submit = Alterar senha
reset-another-code = Enviar outro código

new-password-lead = Sua senha era temporária. Escolha a sua para continuar em { $application }.

setup-title = Configure um aplicativo autenticador para { $application }
setup-heading = Configure um aplicativo autenticador
setup-lead = { $application } pede um código além da sua senha.
setup-scan = Escaneie isto com um aplicativo autenticador no seu telefone.
setup-picture = Código QR para um aplicativo autenticador
setup-type = Ou digite esta chave nele:
setup-open = Abrir um aplicativo autenticador neste dispositivo

note-confirmed = Sua conta está confirmada. Entre.
note-code-sent = Enviamos de novo. O anterior não funciona mais.
note-password-changed = Sua senha foi alterada. Entre com a nova.
note-reset-required = Você precisa redefinir a senha antes de entrar.
note-done = Isto já estava feito. Se for pedido, entre de novo.

second-factor-title = Digite o código para entrar em { $application }
second-factor-heading = Digite o código
second-factor-lead = Mais um passo para continuar para { $application }.
second-factor-hint = Os seis dígitos do seu aplicativo autenticador.
second-factor-start-again = Entrar como outra pessoa

problem-wrong-username-or-password = Nome de usuário ou senha incorretos.
problem-user-does-not-exist = O usuário não existe.
problem-password-attempts-exceeded = Tentativas de senha demais
problem-user-disabled = O usuário está desativado.
problem-user-not-confirmed = O usuário não está confirmado.
problem-not-genuine = A página havia expirado ou seu navegador bloqueia cookies. Nada foi enviado: tente de novo.
problem-cookies-missing = Seu navegador não enviou nenhum cookie. Permita os cookies deste site nas configurações e tente de novo. Nada foi feito.
problem-over = A entrada demorou demais, teve códigos errados demais ou foi encerrada em outro lugar. Entre de novo.
problem-reset-required = A senha do usuário precisa ser redefinida
problem-sign-up-not-permitted = Não é possível se cadastrar aqui
problem-username-exists = O usuário já existe
problem-username-form = Isso não é um nome de usuário: ele tem de 1 a 128 caracteres e nenhum espaço.
problem-password-form = A senha não começa nem termina com um espaço e tem no máximo 256 caracteres.
problem-password-demands = A senha não atende ao que se pede. Escolha outra.
problem-password-reused = A senha já foi usada antes
problem-passwords-differ = As duas senhas não são iguais.
problem-attributes-required = Preencha: { $fields }
problem-attribute-invalid = { $field }: o valor é curto demais, longo demais ou de outro tipo.
problem-email-invalid = O e-mail não é válido.
problem-phone-number-invalid = O número de telefone não é válido.
problem-code-mismatch = O código não está correto, tente de novo.
problem-code-expired = O código não vale mais, peça outro.
problem-attempt-limit-exceeded = Tentativas demais, tente mais tarde.
problem-already-confirmed = O usuário já está confirmado.
problem-no-such-user = O usuário não existe.
problem-username-missing = Esta página não sabe mais quem você é. Preencha também o nome com que se cadastrou.
problem-address-taken = Outra conta confirmou esse endereço ou número. Entre com essa conta, ou cadastre-se com outro endereço.
problem-reset-by-administrator = Fale com o administrador para redefinir a senha.
problem-reset-failed = Não foi possível redefinir a senha, fale com o suporte ou tente de novo
problem-busy = O servidor está ocupado. Tente de novo em instantes.
problem-wrong-software-token-code = O código não está correto
problem-used-software-token-code = Este código já foi usado uma vez.
problem-second-factor-attempts-exceeded = Tentativas demais, tente mais tarde.
problem-software-token-set-up = Esse código não confere. Verifique o relógio do seu dispositivo e digite o código exibido agora.
problem-no-software-token = Esta conta não tem um aplicativo autenticador configurado.
problem-temporary-password-expired = A senha temporária expirou e precisa ser redefinida por um administrador.
problem-attribute-not-writable = O aplicativo não tem permissão para gravar este atributo

error-page-refused = Ocorreu um erro na página solicitada.
error-page-failed = Algo deu errado
error-page-parameter-missing = O parâmetro obrigatório '{ $parameter }' está ausente
error-page-signed-out = Você saiu da sua conta.
error-page-reference = Referência:
error-page-way-on = Volte ao aplicativo e tente novamente a partir dele. Se chegar aqui outra vez, informe a referência abaixo a quem o administra.
