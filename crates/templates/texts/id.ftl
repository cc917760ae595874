# Texts of the hosted pages. en.ftl says what holds for all languages.

error-title = Kesalahan: { $title }

name-username = Nama pengguna
name-email = Email
name-phone-number = Nomor telepon
name-email-or-phone-number = Email atau nomor telepon

field-password = Kata sandi
field-new-password = Kata sandi baru
field-new-password-again = Ulangi kata sandi baru
field-code = Kode

attribute-name = Nama lengkap
attribute-given_name = Nama depan
attribute-family_name = Nama keluarga
attribute-middle_name = Nama tengah
attribute-nickname = Nama panggilan
attribute-preferred_username = Nama pengguna pilihan
attribute-profile = Halaman profil
attribute-picture = Gambar
attribute-website = Situs web
attribute-gender = Jenis kelamin
attribute-birthdate = Tanggal lahir
attribute-zoneinfo = Zona waktu
attribute-locale = Bahasa
attribute-address = Alamat
attribute-updated_at = Perubahan terakhir
phone-number-hint = Dengan kode negara, misalnya +12065550100.

password-demands = Kata sandi memerlukan:
password-demand-length = Sedikitnya { $count } karakter
password-demand-uppercase = Satu huruf besar
password-demand-lowercase = Satu huruf kecil
password-demand-number = Satu angka
password-demand-symbol = Satu karakter khusus, atau spasi di dalamnya
password-demand-uncommon = Tidak termasuk kata sandi yang paling umum
password-demand-met = terpenuhi
password-demand-unmet = belum terpenuhi

sign-in-title = Masuk ke { $application }
sign-in-heading = Masuk
sign-in-lead = Lanjutkan ke { $application }.
sign-in-submit = Masuk
sign-in-forgot-password = Lupa kata sandi?
sign-in-sign-up-question = Perlu akun?
sign-in-sign-up = Daftar
back-to-sign-in = Kembali ke halaman masuk

sign-up-title = Daftar ke { $application }
sign-up-heading = Daftar
sign-up-lead = Buat akun untuk melanjutkan ke { $application }.
sign-up-submit = Daftar
sign-up-sign-in-question = Sudah punya akun?
sign-up-sign-in = Masuk

confirm-title = Konfirmasi akun Anda untuk { $application }
confirm-heading = Konfirmasi akun Anda
confirm-lead-code = Kami mengirim kode ke { $destination }. Masukkan kode itu untuk melanjutkan ke { $application }.
confirm-lead-link = Kami mengirim tautan ke { $destination }. Buka tautan itu untuk mengonfirmasi akun Anda, lalu masuk.
confirm-lead-unknown = Masukkan kode yang Anda terima saat mendaftar.
confirm-submit = Konfirmasi akun
confirm-resend = Kirim kode lain
confirm-resend-link = Kirim tautan lain

confirmation-done = Pendaftaran Anda telah dikonfirmasi!
confirmation-done-before = Pendaftaran Anda sudah dikonfirmasi sebelumnya
confirmation-expired = Tautan ini tidak berlaku lagi
confirmation-invalid = Tautan ini tidak sah
confirmation-address-taken = Alamat email ini sudah digunakan
confirmation-too-many-tries = Terlalu banyak percobaan
confirmation-advice-done = Anda dapat menutup halaman ini, kembali ke aplikasi, lalu masuk.
confirmation-advice-expired = Sebuah tautan berlaku satu kali, selama 24 jam, sampai yang baru dikirim. Gunakan email terbaru, atau minta tautan lain di aplikasi tempat Anda mendaftar.
confirmation-advice-invalid = Mungkin ada bagian yang hilang: beberapa program email memotong tautan panjang. Salin seluruh tautan, atau minta yang lain di aplikasi tempat Anda mendaftar.
confirmation-advice-address-taken = Akun lain telah mengonfirmasinya. Kembali ke aplikasi dan masuk dengan akun itu, atau daftar dengan alamat lain.
confirmation-advice-too-many-tries = Tunggu satu jam, lalu buka tautan itu lagi.

forgot-title = Atur ulang kata sandi untuk { $application }
forgot-heading = Lupa kata sandi?
forgot-lead = Beri tahu siapa Anda, dan kami akan mengirim kode untuk memilih kata sandi baru.
forgot-submit = Atur ulang kata sandi

reset-title = Pilih kata sandi baru untuk { $application }
reset-heading = Pilih kata sandi baru
reset-lead = Kami mengirim kode ke { $destination }. Masukkan kode itu dan pilih kata sandi baru.
reset-lead-unknown = Masukkan kode yang Anda terima dan pilih kata sandi baru.
reset-submit = Ubah kata sandi
reset-another-code = Kirim kode lain

new-password-lead = Kata sandi Anda bersifat sementara. Pilih kata sandi sendiri untuk melanjutkan ke { $application }.

setup-title = Siapkan aplikasi autentikator untuk { $application }
setup-heading = Siapkan aplikasi autentikator
setup-lead = { $application } meminta kode selain kata sandi Anda.
setup-scan = Pindai ini dengan aplikasi autentikator di ponsel Anda.
setup-picture = Kode QR untuk aplikasi autentikator
setup-type = Atau ketik kunci ini di sana:
setup-open = Buka aplikasi autentikator di perangkat ini

note-confirmed = Akun Anda telah dikonfirmasi. Silakan masuk.
note-code-sent = Kami telah mengirimnya lagi. Yang sebelumnya tidak berlaku lagi.
note-password-changed = Kata sandi Anda telah diubah. Silakan masuk dengan yang baru.
note-reset-required = Kata sandi Anda harus diatur ulang sebelum Anda dapat masuk.
note-done = Ini sudah dilakukan. Jika diminta, silakan masuk lagi.

second-factor-title = Masukkan kode untuk masuk ke { $application }
second-factor-heading = Masukkan kode
second-factor-lead = Satu langkah lagi untuk melanjutkan ke { $application }.
second-factor-hint = Enam angka di aplikasi autentikator Anda.
second-factor-start-again = Masuk sebagai orang lain

problem-wrong-username-or-password = Nama pengguna atau kata sandi salah.
problem-user-does-not-exist = Pengguna tidak ada.
problem-password-attempts-exceeded = Terlalu banyak percobaan kata sandi
problem-user-disabled = Pengguna dinonaktifkan.
problem-user-not-confirmed = Pengguna belum dikonfirmasi.
problem-not-genuine = Halaman ini telah kedaluwarsa, atau peramban Anda memblokir cookie. Tidak ada yang dikirim: silakan coba lagi.
problem-cookies-missing = Peramban Anda tidak mengirim cookie. Izinkan cookie untuk situs ini di pengaturannya, lalu coba lagi. Tidak ada yang dilakukan.
problem-over = Proses masuk terlalu lama, terlalu banyak kode yang salah, atau diakhiri di tempat lain. Silakan masuk lagi.
problem-reset-required = Kata sandi pengguna harus diatur ulang
problem-sign-up-not-permitted = Pendaftaran tidak diizinkan di sini
problem-username-exists = Pengguna sudah ada
problem-username-form = Itu bukan nama pengguna: panjangnya 1 sampai 128 karakter tanpa spasi.
problem-password-form = Kata sandi tidak diawali atau diakhiri spasi, dan paling banyak 256 karakter.
problem-password-demands = Kata sandi tidak memenuhi persyaratan. Silakan pilih yang lain.
problem-password-reused = Kata sandi itu sudah pernah digunakan
problem-passwords-differ = Kedua kata sandi tidak sama.
problem-attributes-required = Silakan isi: { $fields }
problem-attribute-invalid = { $field }: nilainya terlalu pendek, terlalu panjang, atau jenisnya salah.
problem-email-invalid = Alamat email tidak sah.
problem-phone-number-invalid = Nomor telepon tidak sah.
problem-code-mismatch = Kode salah, silakan coba lagi.
problem-code-expired = Kode tidak berlaku lagi, silakan minta yang baru.
problem-attempt-limit-exceeded = Terlalu banyak percobaan, silakan coba lagi nanti.
problem-already-confirmed = Pengguna sudah dikonfirmasi.
problem-no-such-user = Pengguna tidak ada.
problem-username-missing = Halaman ini tidak lagi mengenal Anda. Isi juga nama yang Anda gunakan saat mendaftar.
problem-address-taken = Akun lain telah mengonfirmasi alamat atau nomor itu. Masuk dengan akun itu, atau daftar dengan alamat lain.
problem-reset-by-administrator = Hubungi administrator untuk mengatur ulang kata sandi.
problem-reset-failed = Kata sandi tidak dapat diatur ulang, silakan hubungi dukungan atau coba lagi
problem-busy = Server sedang sibuk. Silakan coba lagi sebentar lagi.
problem-wrong-software-token-code = Kode salah
problem-used-software-token-code = Kode ini sudah pernah digunakan.
problem-second-factor-attempts-exceeded = Terlalu banyak percobaan, silakan coba lagi nanti.
problem-software-token-set-up = Kode itu tidak cocok. Periksa jam perangkat Anda, lalu masukkan kode yang ditampilkan sekarang.
problem-no-software-token = Akun ini belum memiliki aplikasi autentikator.
problem-temporary-password-expired = Kata sandi sementara telah kedaluwarsa dan harus diatur ulang oleh administrator.
problem-attribute-not-writable = Aplikasi tidak boleh menulis atribut ini

error-page-refused = Terjadi kesalahan pada halaman yang diminta.
error-page-failed = Terjadi kesalahan
error-page-parameter-missing = Parameter wajib '{ $parameter }' tidak ada
error-page-signed-out = Anda sudah keluar.
error-page-reference = Referensi:
error-page-way-on = Kembali ke aplikasi dan coba lagi dari sana. Jika Anda sampai di sini lagi, sampaikan referensi di bawah ini kepada pengelolanya.
