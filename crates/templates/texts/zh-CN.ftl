# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = 错误：{ $title }

name-username = 用户名
name-email = 电子邮件
name-phone-number = 电话号码
name-email-or-phone-number = 电子邮件或电话号码

field-password = 密码
field-new-password = 新密码
field-new-password-again = 再次输入新密码
field-code = 验证码

attribute-name = 姓名
attribute-given_name = 名字
attribute-family_name = 姓氏
attribute-middle_name = 中间名
attribute-nickname = 昵称
attribute-preferred_username = 首选用户名
attribute-profile = 个人主页
attribute-picture = 图片
attribute-website = 网站
attribute-gender = 性别
attribute-birthdate = 出生日期
attribute-zoneinfo = 时区
attribute-locale = 语言
attribute-address = 地址
attribute-updated_at = 上次更改
phone-number-hint = 请包含国家/地区代码，例如 +12065550100。

password-demands = 密码要求：
password-demand-length = 至少 { $count } 个字符
password-demand-uppercase = 一个大写字母
password-demand-lowercase = 一个小写字母
password-demand-number = 一个数字
password-demand-symbol = 一个特殊字符，或中间有空格
password-demand-uncommon = 不是最常见的密码
password-demand-met = 已满足
password-demand-unmet = 未满足

sign-in-title = 登录 { $application }
sign-in-heading = 登录
sign-in-lead = 继续前往 { $application }。
sign-in-submit = 登录
sign-in-forgot-password = 忘记密码？
sign-in-sign-up-question = 需要账户？
sign-in-sign-up = 注册
back-to-sign-in = 返回登录

sign-up-title = 注册 { $application }
sign-up-heading = 注册
sign-up-lead = 创建账户以继续前往 { $application }。
sign-up-submit = 注册
sign-up-sign-in-question = 已有账户？
sign-up-sign-in = 登录

confirm-title = 确认您的 { $application } 账户
confirm-heading = 确认您的账户
confirm-lead-code = 我们已将验证码发送至 { $destination }。请输入验证码以继续前往 { $application }。
confirm-lead-link = 我们已将链接发送至 { $destination }。请打开链接确认您的账户，然后登录。
confirm-lead-unknown = 请输入您注册时收到的验证码。
confirm-submit = 确认账户
confirm-resend = 重新发送验证码
confirm-resend-link = 重新发送链接

confirmation-done = 您的注册已确认！
confirmation-done-before = 您的注册此前已确认
confirmation-expired = 此链接已失效
confirmation-invalid = 此链接无效
confirmation-address-taken = 此电子邮件地址已被使用
confirmation-too-many-tries = 尝试次数过多
confirmation-advice-done = 您可以关闭此页面，返回应用程序并登录。
confirmation-advice-expired = 链接只能使用一次，24 小时内有效，发送新链接后即失效。请使用最新的邮件，或在您注册的应用程序中重新索取链接。
confirmation-advice-invalid = 链接可能不完整：某些邮件程序会截断长链接。请复制邮件中的完整链接，或在您注册的应用程序中重新索取。
confirmation-advice-address-taken = 另一个账户已确认该地址。请返回应用程序并使用该账户登录，或使用其他地址注册。
confirmation-advice-too-many-tries = 请等待一小时，然后再次打开链接。

forgot-title = 重置您的 { $application } 密码
forgot-heading = 忘记密码？
forgot-lead = 请告诉我们您是谁，我们将发送验证码，供您设置新密码。
forgot-submit = 重置我的密码

reset-title = 为 { $application } 设置新密码
reset-heading = 设置新密码
reset-lead = 我们已将验证码发送至 { $destination }。请输入验证码并设置新密码。
reset-lead-unknown = 请输入您收到的验证码并设置新密码。
reset-submit = 更改密码
reset-another-code = 重新发送验证码

new-password-lead = 您的密码是临时密码。请设置您自己的密码以继续前往 { $application }。

setup-title = 为 { $application } 设置身份验证器应用
setup-heading = 设置身份验证器应用
setup-lead = 除密码外，{ $application } 还需要验证码。
setup-scan = 请用手机上的身份验证器应用扫描此码。
setup-picture = 身份验证器应用的二维码
setup-type = 或在应用中输入此密钥：
setup-open = 在此设备上打开身份验证器应用

note-confirmed = 您的账户已确认。请登录。
note-code-sent = 我们已重新发送。之前的已失效。
note-password-changed = 您的密码已更改。请使用新密码登录。
note-reset-required = 您必须先重置密码才能登录。
note-done = 此操作已经完成。如有要求，请重新登录。

second-factor-title = 输入验证码以登录 { $application }
second-factor-heading = 输入验证码
second-factor-lead = 再完成一步即可继续前往 { $application }。
second-factor-hint = 身份验证器应用中的六位数字。
second-factor-start-again = 以其他用户身份登录

problem-wrong-username-or-password = 用户名或密码不正确。
problem-user-does-not-exist = 用户不存在。
problem-password-attempts-exceeded = 密码尝试次数过多
problem-user-disabled = 用户已被禁用。
problem-user-not-confirmed = 用户尚未确认。
problem-not-genuine = 此页面已过期，或您的浏览器阻止了 Cookie。未发送任何内容：请重试。
problem-cookies-missing = 您的浏览器没有发送 Cookie。请在浏览器设置中允许此网站的 Cookie，然后重试。未执行任何操作。
problem-over = 登录用时过长、错误的验证码过多，或已在别处结束。请重新登录。
problem-reset-required = 用户必须重置密码
problem-sign-up-not-permitted = 此处不允许注册
problem-username-exists = 用户已存在
problem-username-form = 这不是有效的用户名：应为 1 到 128 个字符，且不含空格。
problem-password-form = 密码不能以空格开头或结尾，且最多 256 个字符。
problem-password-demands = 密码不符合要求。请选择其他密码。
problem-password-reused = 该密码曾被使用
problem-passwords-differ = 两次输入的密码不一致。
problem-attributes-required = 请填写：{ $fields }
problem-attribute-invalid = { $field }：该值过短、过长或类型不正确。
problem-email-invalid = 电子邮件地址格式无效。
problem-phone-number-invalid = 电话号码格式无效。
problem-code-mismatch = 验证码不正确，请重试。
problem-code-expired = 验证码无效，请重新索取。
problem-attempt-limit-exceeded = 尝试次数过多，请稍后重试。
problem-already-confirmed = 用户已确认。
problem-no-such-user = 用户不存在。
problem-username-missing = 此页面已不再知道您是谁。请同时填写您注册时使用的名称。
problem-address-taken = 另一个账户已确认该地址或号码。请使用该账户登录，或使用其他地址注册。
problem-reset-by-administrator = 请联系管理员重置密码。
problem-reset-failed = 无法重置该账户的密码，请联系支持人员或重试
problem-busy = 服务器繁忙。请稍后重试。
problem-wrong-software-token-code = 验证码不正确
problem-used-software-token-code = 此验证码已使用过。
problem-second-factor-attempts-exceeded = 尝试次数过多，请稍后重试。
problem-software-token-set-up = 验证码不正确。请检查设备的时间，并输入当前显示的验证码。
problem-no-software-token = 此账户尚未设置身份验证器应用。
problem-temporary-password-expired = 临时密码已过期，必须由管理员重置。
problem-attribute-not-writable = 应用程序无权写入此属性

error-page-refused = 请求的页面出错。
error-page-failed = 出现问题
error-page-parameter-missing = 缺少必需的参数“{ $parameter }”
error-page-signed-out = 您已退出登录。
error-page-reference = 参考编号：
error-page-way-on = 请返回应用程序并从那里重试。如果再次看到此页面，请将下面的参考编号告知其运营者。
