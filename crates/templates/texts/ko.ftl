# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = 오류: { $title }

name-username = 사용자 이름
name-email = 이메일
name-phone-number = 전화번호
name-email-or-phone-number = 이메일 또는 전화번호

field-password = 비밀번호
field-new-password = 새 비밀번호
field-new-password-again = 새 비밀번호 다시 입력
field-code = 코드

attribute-name = 성명
attribute-given_name = 이름
attribute-family_name = 성
attribute-middle_name = 중간 이름
attribute-nickname = 별명
attribute-preferred_username = 선호하는 사용자 이름
attribute-profile = 프로필 페이지
attribute-picture = 사진
attribute-website = 웹사이트
attribute-gender = 성별
attribute-birthdate = 생년월일
attribute-zoneinfo = 시간대
attribute-locale = 언어
attribute-address = 주소
attribute-updated_at = 마지막 변경
phone-number-hint = 국가 번호를 포함해 입력하세요. 예: +12065550100.

password-demands = 비밀번호 조건:
password-demand-length = { $count }자 이상
password-demand-uppercase = 대문자 포함
password-demand-lowercase = 소문자 포함
password-demand-number = 숫자 포함
password-demand-symbol = 특수 문자 또는 중간에 공백 포함
password-demand-uncommon = 가장 흔한 비밀번호가 아닐 것
password-demand-met = 충족함
password-demand-unmet = 충족하지 않음

sign-in-title = { $application }에 로그인
sign-in-heading = 로그인
sign-in-lead = { $application }(으)로 계속합니다.
sign-in-submit = 로그인
sign-in-forgot-password = 비밀번호를 잊으셨나요?
sign-in-sign-up-question = 계정이 필요하신가요?
sign-in-sign-up = 가입
back-to-sign-in = 로그인으로 돌아가기

sign-up-title = { $application }에 가입
sign-up-heading = 가입
sign-up-lead = 계정을 만들어 { $application }(으)로 계속합니다.
sign-up-submit = 가입
sign-up-sign-in-question = 이미 계정이 있으신가요?
sign-up-sign-in = 로그인

confirm-title = { $application } 계정 확인
confirm-heading = 계정 확인
confirm-lead-code = { $destination }(으)로 코드를 보냈습니다. { $application }(으)로 계속하려면 코드를 입력하세요.
confirm-lead-link = { $destination }(으)로 링크를 보냈습니다. 링크를 열어 계정을 확인한 다음 로그인하세요.
confirm-lead-unknown = 가입할 때 받은 코드를 입력하세요.
confirm-submit = 계정 확인
confirm-resend = 코드 다시 보내기
confirm-resend-link = 링크 다시 보내기

confirmation-done = 등록이 확인되었습니다!
confirmation-done-before = 등록이 이미 확인되었습니다
confirmation-expired = 이 링크는 더 이상 사용할 수 없습니다
confirmation-invalid = 이 링크는 올바르지 않습니다
confirmation-address-taken = 이 이메일 주소는 이미 사용 중입니다
confirmation-too-many-tries = 시도 횟수가 너무 많습니다
confirmation-advice-done = 이 페이지를 닫고 애플리케이션으로 돌아가 로그인할 수 있습니다.
confirmation-advice-expired = 링크는 새 링크를 보낼 때까지 24시간 동안 한 번만 사용할 수 있습니다. 가장 최근 메일을 사용하거나 가입한 애플리케이션에서 다른 링크를 요청하세요.
confirmation-advice-invalid = 일부가 빠졌을 수 있습니다. 긴 링크를 자르는 메일 프로그램이 있습니다. 링크 전체를 복사하거나 가입한 애플리케이션에서 다른 링크를 요청하세요.
confirmation-advice-address-taken = 다른 계정이 이미 확인했습니다. 애플리케이션으로 돌아가 그 계정으로 로그인하거나 다른 주소로 가입하세요.
confirmation-advice-too-many-tries = 한 시간 기다린 다음 링크를 다시 여세요.

forgot-title = { $application } 비밀번호 재설정
forgot-heading = 비밀번호를 잊으셨나요?
forgot-lead = 누구인지 알려 주시면 새 비밀번호를 정할 수 있는 코드를 보내 드립니다.
forgot-submit = 비밀번호 재설정

reset-title = { $application }의 새 비밀번호 선택
reset-heading = 새 비밀번호 선택
reset-lead = { $destination }(으)로 코드를 보냈습니다. 코드를 입력하고 새 비밀번호를 정하세요.
reset-lead-unknown = 받은 코드를 입력하고 새 비밀번호를 정하세요.
reset-submit = 비밀번호 변경
reset-another-code = 코드 다시 보내기

new-password-lead = 지금까지의 비밀번호는 임시 비밀번호입니다. { $application }(으)로 계속하려면 새 비밀번호를 정하세요.

setup-title = { $application }용 인증 앱 설정
setup-heading = 인증 앱 설정
setup-lead = { $application }에서 비밀번호 외에 코드를 요구합니다.
setup-scan = 휴대전화의 인증 앱으로 이 코드를 스캔하세요.
setup-picture = 인증 앱용 QR 코드
setup-type = 또는 인증 앱에 다음 키를 입력하세요:
setup-open = 이 기기에서 인증 앱 열기

note-confirmed = 계정이 확인되었습니다. 로그인하세요.
note-code-sent = 다시 보냈습니다. 이전 것은 더 이상 사용할 수 없습니다.
note-password-changed = 비밀번호가 변경되었습니다. 새 비밀번호로 로그인하세요.
note-reset-required = 로그인하기 전에 비밀번호를 재설정해야 합니다.
note-done = 이미 완료된 작업입니다. 요청을 받으면 다시 로그인하세요.

second-factor-title = 코드를 입력하여 { $application }에 로그인
second-factor-heading = 코드 입력
second-factor-lead = 한 단계만 더 거치면 { $application }(으)로 계속합니다.
second-factor-hint = 인증 앱에 표시된 여섯 자리 숫자입니다.
second-factor-start-again = 다른 사용자로 로그인

problem-wrong-username-or-password = 사용자 이름 또는 비밀번호가 올바르지 않습니다.
problem-user-does-not-exist = 사용자가 존재하지 않습니다.
problem-password-attempts-exceeded = 비밀번호 시도 횟수가 너무 많습니다
problem-user-disabled = 사용자가 비활성화되었습니다.
problem-user-not-confirmed = 사용자가 확인되지 않았습니다.
problem-not-genuine = 페이지가 만료되었거나 브라우저가 쿠키를 차단합니다. 아무것도 전송되지 않았습니다. 다시 시도하세요.
problem-cookies-missing = 브라우저가 쿠키를 보내지 않았습니다. 브라우저 설정에서 이 사이트의 쿠키를 허용한 후 다시 시도하세요. 아무 작업도 수행되지 않았습니다.
problem-over = 로그인이 너무 오래 걸렸거나 잘못된 코드가 너무 많았거나 다른 곳에서 종료되었습니다. 다시 로그인하세요.
problem-reset-required = 사용자의 비밀번호를 재설정해야 합니다
problem-sign-up-not-permitted = 여기에서는 가입할 수 없습니다
problem-username-exists = 사용자가 이미 존재합니다
problem-username-form = 사용자 이름이 아닙니다. 1~128자이며 공백이 없어야 합니다.
problem-password-form = 비밀번호는 공백으로 시작하거나 끝날 수 없으며 최대 256자입니다.
problem-password-demands = 비밀번호가 조건을 충족하지 않습니다. 다른 비밀번호를 선택하세요.
problem-password-reused = 이전에 사용한 비밀번호입니다
problem-passwords-differ = 두 비밀번호가 같지 않습니다.
problem-attributes-required = 입력하세요: { $fields }
problem-attribute-invalid = { $field }: 값이 너무 짧거나 너무 길거나 종류가 다릅니다.
problem-email-invalid = 이메일 주소 형식이 올바르지 않습니다.
problem-phone-number-invalid = 전화번호 형식이 올바르지 않습니다.
problem-code-mismatch = 코드가 올바르지 않습니다. 다시 시도하세요.
problem-code-expired = 코드가 유효하지 않습니다. 코드를 다시 요청하세요.
problem-attempt-limit-exceeded = 시도 횟수가 너무 많습니다. 잠시 후 다시 시도하세요.
problem-already-confirmed = 사용자가 이미 확인되었습니다.
problem-no-such-user = 사용자가 존재하지 않습니다.
problem-username-missing = 이 페이지에는 더 이상 사용자의 정보가 없습니다. 가입할 때 사용한 이름도 입력하세요.
problem-address-taken = 다른 계정이 그 주소나 번호를 이미 확인했습니다. 그 계정으로 로그인하거나 다른 주소로 가입하세요.
problem-reset-by-administrator = 비밀번호를 재설정하려면 관리자에게 문의하세요.
problem-reset-failed = 비밀번호를 재설정할 수 없습니다. 지원팀에 문의하거나 다시 시도하세요
problem-busy = 서버가 바쁩니다. 잠시 후 다시 시도하세요.
problem-wrong-software-token-code = 코드가 올바르지 않습니다
problem-used-software-token-code = 이미 사용한 코드입니다.
problem-second-factor-attempts-exceeded = 시도 횟수가 너무 많습니다. 잠시 후 다시 시도하세요.
problem-software-token-set-up = 코드가 맞지 않습니다. 기기의 시계를 확인하고 지금 표시된 코드를 입력하세요.
problem-no-software-token = 이 계정에는 인증 앱이 설정되어 있지 않습니다.
problem-temporary-password-expired = 임시 비밀번호가 만료되었습니다. 관리자가 재설정해야 합니다.
problem-attribute-not-writable = 애플리케이션이 이 속성을 쓸 수 없습니다

error-page-refused = 요청한 페이지에서 오류가 발생했습니다.
error-page-failed = 문제가 발생했습니다
error-page-parameter-missing = 필수 파라미터 '{ $parameter }'이(가) 없습니다
error-page-signed-out = 로그아웃되었습니다.
error-page-reference = 참조 번호:
error-page-way-on = 애플리케이션으로 돌아가 다시 시도하세요. 이 페이지가 다시 표시되면 아래 참조 번호를 운영자에게 알려 주세요.
