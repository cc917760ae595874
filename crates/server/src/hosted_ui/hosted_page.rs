//! The pages of a pool, and where they are.

use poolhouse_oauth::parameters::Parameters;

/// The pages that share the query of an authorization request.
/// Source: AWS page "User pool endpoints". Inferred: the paths of the new password, the second
/// factor and its setting up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HostedPage {
    /// Name and password.
    SignIn,
    /// A new password in place of a temporary one.
    NewPassword,
    /// The code of an authenticator app.
    SecondFactor,
    /// The first code of a new authenticator app.
    SecondFactorSetup,
    /// A new account.
    SignUp,
    /// The code that confirms it.
    Confirm,
    /// Another such code.
    ResendCode,
    /// Whose password is forgotten.
    ForgotPassword,
    /// The code for a new one.
    ConfirmForgotPassword,
}

impl HostedPage {
    /// Where it is.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/login",
            Self::NewPassword => "/newPassword",
            Self::SecondFactor => "/mfa",
            Self::SecondFactorSetup => "/mfaSetup",
            Self::SignUp => "/signup",
            Self::Confirm => "/confirm",
            Self::ResendCode => "/resendcode",
            Self::ForgotPassword => "/forgotPassword",
            Self::ConfirmForgotPassword => "/confirmforgotPassword",
        }
    }

    /// Whether it takes a step of something that began on another page.
    pub(super) const fn takes_step(self) -> bool {
        match self {
            Self::SignIn | Self::SignUp | Self::ForgotPassword => false,
            Self::NewPassword
            | Self::SecondFactor
            | Self::SecondFactorSetup
            | Self::Confirm
            | Self::ResendCode
            | Self::ConfirmForgotPassword => true,
        }
    }

    /// Where it is for a request.
    pub(super) fn address(self, parameters: &Parameters) -> String {
        format!("{}?{}", self.path(), parameters.encode())
    }
}
