# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = 錯誤：{ $title }

name-username = 使用者名稱
name-email = 電子郵件
name-phone-number = 電話號碼
name-email-or-phone-number = 電子郵件或電話號碼

field-password = 密碼
field-new-password = 新密碼
field-new-password-again = 再次輸入新密碼
field-code = 驗證碼

attribute-name = 姓名
attribute-given_name = 名字
attribute-family_name = 姓氏
attribute-middle_name = 中間名
attribute-nickname = 暱稱
attribute-preferred_username = 偏好的使用者名稱
attribute-profile = 個人檔案頁面
attribute-picture = 圖片
attribute-website = 網站
attribute-gender = 性別
attribute-birthdate = 出生日期
attribute-zoneinfo = 時區
attribute-locale = 語言
attribute-address = 地址
attribute-updated_at = 上次變更
phone-number-hint = 請包含國碼，例如 +12065550100。

password-demands = 密碼要求：
password-demand-length = 至少 { $count } 個字元
password-demand-uppercase = 一個大寫字母
password-demand-lowercase = 一個小寫字母
password-demand-number = 一個數字
password-demand-symbol = 一個特殊字元，或中間有空格
password-demand-uncommon = 不是最常見的密碼
password-demand-met = 已符合
password-demand-unmet = 未符合

sign-in-title = 登入 { $application }
sign-in-heading = 登入
sign-in-lead = 繼續前往 { $application }。
sign-in-submit = 登入
sign-in-forgot-password = 忘記密碼？
sign-in-sign-up-question = 需要帳戶？
sign-in-sign-up = 註冊
back-to-sign-in = 返回登入

sign-up-title = 註冊 { $application }
sign-up-heading = 註冊
sign-up-lead = 建立帳戶以繼續前往 { $application }。
sign-up-submit = 註冊
sign-up-sign-in-question = 已有帳戶？
sign-up-sign-in = 登入

confirm-title = 確認您的 { $application } 帳戶
confirm-heading = 確認您的帳戶
confirm-lead-code = 我們已將驗證碼傳送至 { $destination }。請輸入驗證碼以繼續前往 { $application }。
confirm-lead-link = 我們已將連結傳送至 { $destination }。請開啟連結確認您的帳戶，然後登入。
confirm-lead-unknown = 請輸入您註冊時收到的驗證碼。
confirm-submit = 確認帳戶
confirm-resend = 重新傳送驗證碼
confirm-resend-link = 重新傳送連結

confirmation-done = 您的註冊已確認！
confirmation-done-before = 您的註冊先前已確認
confirmation-expired = 此連結已失效
confirmation-invalid = 此連結無效
confirmation-address-taken = 此電子郵件地址已被使用
confirmation-too-many-tries = 嘗試次數過多
confirmation-advice-done = 您可以關閉此頁面，返回應用程式並登入。
confirmation-advice-expired = 連結只能使用一次，24 小時內有效，傳送新連結後即失效。請使用最新的郵件，或在您註冊的應用程式中重新索取連結。
confirmation-advice-invalid = 連結可能不完整：有些郵件程式會截斷長連結。請複製郵件中的完整連結，或在您註冊的應用程式中重新索取。
confirmation-advice-address-taken = 另一個帳戶已確認該地址。請返回應用程式並使用該帳戶登入，或使用其他地址註冊。
confirmation-advice-too-many-tries = 請等待一小時，然後再次開啟連結。

forgot-title = 重設您的 { $application } 密碼
forgot-heading = 忘記密碼？
forgot-lead = 請告訴我們您是誰，我們將傳送驗證碼，供您設定新密碼。
forgot-submit = 重設我的密碼

reset-title = 為 { $application } 設定新密碼
reset-heading = 設定新密碼
reset-lead = 我們已將驗證碼傳送至 { $destination }。請輸入驗證碼並設定新密碼。
reset-lead-unknown = 請輸入您收到的驗證碼並設定新密碼。
reset-submit = 變更密碼
reset-another-code = 重新傳送驗證碼

new-password-lead = 您的密碼是臨時密碼。請設定您自己的密碼以繼續前往 { $application }。

setup-title = 為 { $application } 設定驗證器應用程式
setup-heading = 設定驗證器應用程式
setup-lead = 除密碼外，{ $application } 還需要驗證碼。
setup-scan = 請用手機上的驗證器應用程式掃描此碼。
setup-picture = 驗證器應用程式的 QR 碼
setup-type = 或在應用程式中輸入此金鑰：
setup-open = 在此裝置上開啟驗證器應用程式

note-confirmed = 您的帳戶已確認。請登入。
note-code-sent = 我們已重新傳送。先前的已失效。
note-password-changed = 您的密碼已變更。請使用新密碼登入。
note-reset-required = 您必須先重設密碼才能登入。
note-done = 此操作已經完成。若有要求，請重新登入。

second-factor-title = 輸入驗證碼以登入 { $application }
second-factor-heading = 輸入驗證碼
second-factor-lead = 再完成一步即可繼續前往 { $application }。
second-factor-hint = 驗證器應用程式中的六位數字。
second-factor-start-again = 以其他使用者身分登入

problem-wrong-username-or-password = 使用者名稱或密碼不正確。
problem-user-does-not-exist = 使用者不存在。
problem-password-attempts-exceeded = 密碼嘗試次數過多
problem-user-disabled = 使用者已停用。
problem-user-not-confirmed = 使用者尚未確認。
problem-not-genuine = 此頁面已過期，或您的瀏覽器封鎖了 Cookie。未傳送任何內容：請再試一次。
problem-cookies-missing = 您的瀏覽器沒有傳送 Cookie。請在瀏覽器設定中允許此網站的 Cookie，然後再試一次。未執行任何操作。
problem-over = 登入時間過長、錯誤的驗證碼過多，或已在別處結束。請重新登入。
problem-reset-required = 使用者必須重設密碼
problem-sign-up-not-permitted = 此處不允許註冊
problem-username-exists = 使用者已存在
problem-username-form = 這不是有效的使用者名稱：應為 1 到 128 個字元，且不含空格。
problem-password-form = 密碼不能以空格開頭或結尾，且最多 256 個字元。
problem-password-demands = 密碼不符合要求。請選擇其他密碼。
problem-password-reused = 該密碼曾被使用
problem-passwords-differ = 兩次輸入的密碼不一致。
problem-attributes-required = 請填寫：{ $fields }
problem-attribute-invalid = { $field }：該值過短、過長或類型不正確。
problem-email-invalid = 電子郵件地址格式無效。
problem-phone-number-invalid = 電話號碼格式無效。
problem-code-mismatch = 驗證碼不正確，請再試一次。
problem-code-expired = 驗證碼無效，請重新索取。
problem-attempt-limit-exceeded = 嘗試次數過多，請稍後再試。
problem-already-confirmed = 使用者已確認。
problem-no-such-user = 使用者不存在。
problem-username-missing = 此頁面已不再知道您是誰。請同時填寫您註冊時使用的名稱。
problem-address-taken = 另一個帳戶已確認該地址或號碼。請使用該帳戶登入，或使用其他地址註冊。
problem-reset-by-administrator = 請聯絡管理員重設密碼。
problem-reset-failed = 無法重設該帳戶的密碼，請聯絡支援人員或再試一次
problem-busy = 伺服器忙碌中。請稍後再試。
problem-wrong-software-token-code = 驗證碼不正確
problem-used-software-token-code = 此驗證碼已使用過。
problem-second-factor-attempts-exceeded = 嘗試次數過多，請稍後再試。
problem-software-token-set-up = 驗證碼不正確。請檢查裝置的時間，並輸入目前顯示的驗證碼。
problem-no-software-token = 此帳戶尚未設定驗證器應用程式。
problem-temporary-password-expired = 臨時密碼已過期，必須由管理員重設。
problem-attribute-not-writable = 應用程式無權寫入此屬性

error-page-refused = 要求的頁面發生錯誤。
error-page-failed = 發生問題
error-page-parameter-missing = 缺少必要的參數「{ $parameter }」
error-page-signed-out = 您已登出。
error-page-reference = 參考編號：
error-page-way-on = 請返回應用程式並從那裡重試。如果再次看到此頁面，請將下方的參考編號告知其營運者。
