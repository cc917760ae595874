# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = エラー: { $title }

name-username = ユーザー名
name-email = メールアドレス
name-phone-number = 電話番号
name-email-or-phone-number = メールアドレスまたは電話番号

field-password = パスワード
field-new-password = 新しいパスワード
field-new-password-again = 新しいパスワード（確認）
field-code = コード

attribute-name = 氏名
attribute-given_name = 名
attribute-family_name = 姓
attribute-middle_name = ミドルネーム
attribute-nickname = ニックネーム
attribute-preferred_username = 希望するユーザー名
attribute-profile = プロフィールページ
attribute-picture = 画像
attribute-website = ウェブサイト
attribute-gender = 性別
attribute-birthdate = 生年月日
attribute-zoneinfo = タイムゾーン
attribute-locale = 言語
attribute-address = 住所
attribute-updated_at = 最終更新
phone-number-hint = 国番号を付けてください（例: +12065550100）。

password-demands = パスワードの条件:
password-demand-length = { $count } 文字以上
password-demand-uppercase = 大文字を含む
password-demand-lowercase = 小文字を含む
password-demand-number = 数字を含む
password-demand-symbol = 記号、または途中に空白を含む
password-demand-uncommon = よく使われるパスワードではない
password-demand-met = 満たしています
password-demand-unmet = 満たしていません

sign-in-title = { $application } にサインイン
sign-in-heading = サインイン
sign-in-lead = { $application } に進みます。
sign-in-submit = サインイン
sign-in-forgot-password = パスワードをお忘れですか?
sign-in-sign-up-question = アカウントが必要ですか?
sign-in-sign-up = サインアップ
back-to-sign-in = サインインに戻る

sign-up-title = { $application } にサインアップ
sign-up-heading = サインアップ
sign-up-lead = アカウントを作成して { $application } に進みます。
sign-up-submit = サインアップ
sign-up-sign-in-question = すでにアカウントをお持ちですか?
sign-up-sign-in = サインイン

confirm-title = { $application } のアカウントの確認
confirm-heading = アカウントの確認
confirm-lead-code = { $destination } にコードを送信しました。{ $application } に進むには、コードを入力してください。
confirm-lead-link = { $destination } にリンクを送信しました。リンクを開いてアカウントを確認してから、サインインしてください。
confirm-lead-unknown = サインアップのときに届いたコードを入力してください。
confirm-submit = アカウントを確認
confirm-resend = コードを再送信
confirm-resend-link = リンクを再送信

confirmation-done = 登録が確認されました
confirmation-done-before = 登録はすでに確認されています
confirmation-expired = このリンクは使用できなくなりました
confirmation-invalid = このリンクは無効です
confirmation-address-taken = このメールアドレスはすでに使用されています
confirmation-too-many-tries = 試行回数が多すぎます
confirmation-advice-done = このページを閉じ、アプリケーションに戻ってサインインできます。
confirmation-advice-expired = リンクは 1 回、24 時間、新しいリンクが送信されるまで有効です。最新のメールを使用するか、サインアップしたアプリケーションで別のリンクを請求してください。
confirmation-advice-invalid = 一部が欠けている可能性があります。長いリンクを途中で切るメールソフトがあります。リンク全体をコピーするか、サインアップしたアプリケーションで別のリンクを請求してください。
confirmation-advice-address-taken = 別のアカウントが確認済みです。アプリケーションに戻ってそのアカウントでサインインするか、別のアドレスでサインアップしてください。
confirmation-advice-too-many-tries = 1 時間待ってから、もう一度リンクを開いてください。

forgot-title = { $application } のパスワードの再設定
forgot-heading = パスワードをお忘れですか?
forgot-lead = どなたかを入力してください。新しいパスワードを選ぶためのコードを送信します。
forgot-submit = パスワードを再設定

reset-title = { $application } の新しいパスワード
reset-heading = 新しいパスワードを選択
reset-lead = { $destination } にコードを送信しました。コードを入力し、新しいパスワードを選んでください。
reset-lead-unknown = 届いたコードを入力し、新しいパスワードを選んでください。
reset-submit = パスワードを変更
reset-another-code = コードを再送信

new-password-lead = 現在のパスワードは一時的なものです。{ $application } に進むには、ご自身のパスワードを設定してください。

setup-title = { $application } の認証アプリを設定
setup-heading = 認証アプリを設定
setup-lead = { $application } では、パスワードのほかにコードが必要です。
setup-scan = スマートフォンの認証アプリでこのコードを読み取ってください。
setup-picture = 認証アプリ用の QR コード
setup-type = または、次のキーを認証アプリに入力してください:
setup-open = この端末の認証アプリを開く

note-confirmed = アカウントが確認されました。サインインしてください。
note-code-sent = 再送信しました。以前のものは使用できません。
note-password-changed = パスワードが変更されました。新しいパスワードでサインインしてください。
note-reset-required = サインインする前に、パスワードを再設定する必要があります。
note-done = この操作はすでに完了しています。求められた場合は、もう一度サインインしてください。

second-factor-title = コードを入力して { $application } にサインイン
second-factor-heading = コードを入力
second-factor-lead = あと 1 ステップで { $application } に進みます。
second-factor-hint = 認証アプリに表示される 6 桁の数字です。
second-factor-start-again = 別のユーザーとしてサインイン

problem-wrong-username-or-password = ユーザー名またはパスワードが正しくありません。
problem-user-does-not-exist = ユーザーが存在しません。
problem-password-attempts-exceeded = パスワードの試行回数が多すぎます
problem-user-disabled = ユーザーは無効です。
problem-user-not-confirmed = ユーザーは確認されていません。
problem-not-genuine = ページの有効期限が切れたか、ブラウザが Cookie をブロックしています。何も送信されていません。もう一度お試しください。
problem-cookies-missing = ブラウザから Cookie が送信されませんでした。ブラウザの設定でこのサイトの Cookie を許可してから、もう一度お試しください。何も行われていません。
problem-over = サインインに時間がかかりすぎたか、間違ったコードが多すぎたか、別の場所で終了しました。もう一度サインインしてください。
problem-reset-required = ユーザーのパスワードの再設定が必要です
problem-sign-up-not-permitted = ここではサインアップできません
problem-username-exists = ユーザーはすでに存在します
problem-username-form = ユーザー名ではありません。1 から 128 文字で、空白は使えません。
problem-password-form = パスワードの先頭と末尾に空白は使えません。256 文字までです。
problem-password-demands = パスワードが条件を満たしていません。別のパスワードを選んでください。
problem-password-reused = このパスワードは以前に使用されています
problem-passwords-differ = 2 つのパスワードが一致しません。
problem-attributes-required = 入力してください: { $fields }
problem-attribute-invalid = { $field }: 値が短すぎるか、長すぎるか、種類が違います。
problem-email-invalid = メールアドレスの形式が正しくありません。
problem-phone-number-invalid = 電話番号の形式が正しくありません。
problem-code-mismatch = コードが正しくありません。もう一度お試しください。
problem-code-expired = コードは無効です。もう一度コードを請求してください。
problem-attempt-limit-exceeded = 試行回数が多すぎます。しばらくしてからお試しください。
problem-already-confirmed = ユーザーはすでに確認されています。
problem-no-such-user = ユーザーが存在しません。
problem-username-missing = このページにはどなたの操作かの情報が残っていません。登録時の名前も入力してください。
problem-address-taken = 別のアカウントがそのアドレスまたは番号を確認済みです。そのアカウントでサインインするか、別のアドレスでサインアップしてください。
problem-reset-by-administrator = パスワードの再設定は管理者に連絡してください。
problem-reset-failed = パスワードを再設定できませんでした。サポートに連絡するか、もう一度お試しください
problem-busy = サーバーが混み合っています。しばらくしてからお試しください。
problem-wrong-software-token-code = コードが正しくありません
problem-used-software-token-code = このコードはすでに使用されています。
problem-second-factor-attempts-exceeded = 試行回数が多すぎます。しばらくしてからお試しください。
problem-software-token-set-up = コードが一致しません。端末の時計を確認し、現在表示されているコードを入力してください。
problem-no-software-token = このアカウントには認証アプリが設定されていません。
problem-temporary-password-expired = 一時パスワードの有効期限が切れました。管理者によるリセットが必要です。
problem-attribute-not-writable = アプリケーションにはこの属性への書き込みが許可されていません

error-page-refused = リクエストされたページでエラーが発生しました。
error-page-failed = 問題が発生しました
error-page-parameter-missing = 必須パラメータ「{ $parameter }」がありません
error-page-signed-out = サインアウトしました。
error-page-reference = 参照番号:
error-page-way-on = アプリケーションに戻り、そこからもう一度お試しください。再びこのページが表示される場合は、下の参照番号を運営者にお知らせください。
