// The pictures of `docs/images/`: which state of which page, in the light and in the dark.

export const PICTURES = {
  'sign-in': 'sign-in',
  'sign-in-refused': 'sign-in, wrong password',
  'sign-in-branded': 'sign-in, in the look of its owner',
  'new-password': 'new password, attributes are missing',
  'new-password-refused': 'new password, the policy is broken',
  mfa: 'second factor, asked for',
  'mfa-setup': 'authenticator app, set up',
  'sign-up': 'sign-up',
  confirm: 'confirmation, a code was sent',
  'confirm-link': 'link, confirmed',
  'forgot-password': 'forgotten password',
  'reset-password': 'reset, a code was sent',
  error: 'error, a redirect URI that differs',
  inbox: 'inbox, an invitation and a link',
};

export const DARK_TOO = ['sign-in', 'new-password-refused', 'error'];
