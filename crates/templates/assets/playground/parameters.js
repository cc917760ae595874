// The parameters of an authorization request, each explained.

export const PARAMETERS = [
  {
    name: 'client_id',
    why: 'Which app asks. It is public: everybody who opens the sign-in page sees it.',
  },
  {
    name: 'response_type',
    why: 'code: the answer is a code, which your app exchanges. token is the implicit grant, in step 6.',
  },
  {
    name: 'redirect_uri',
    why: 'Where the browser brings the answer. It is compared as text with the client’s callback URLs: a slash or a port more is another address.',
  },
  {
    name: 'scope',
    why: 'What the tokens open. openid brings an ID token; email, profile and phone bring attributes; aws.cognito.signin.user.admin lets the access token call GetUser.',
  },
  {
    name: 'state',
    why: 'A value that only this tab knows, and that must come back unchanged. It stops an answer that somebody else began.',
  },
  {
    name: 'nonce',
    why: 'Comes back inside the ID token, so that the token is known to be made for this sign-in.',
  },
  {
    name: 'code_challenge',
    why: 'PKCE: the SHA-256 of a secret, the code_verifier, which stays in this tab. Who steals the code cannot exchange it without.',
  },
  {
    name: 'code_challenge_method',
    why: 'S256, the only one that Cognito takes.',
  },
  {
    name: 'prompt',
    why: 'login asks for the password again; none never shows a page and answers login_required instead.',
    isExtra: true,
    sample: 'login',
  },
  {
    name: 'login_hint',
    why: 'Fills the user name in.',
    isExtra: true,
    sample: '',
  },
  {
    name: 'lang',
    why: 'The language of the page: de, en, es, fr, id, it, ja, ko, pt-BR, zh-CN or zh-TW.',
    isExtra: true,
    sample: 'en',
  },
  {
    name: 'identity_provider',
    why: 'Skips the choice of where to sign in. COGNITO is the pool itself.',
    isExtra: true,
    sample: 'COGNITO',
  },
  {
    name: 'resource',
    why: 'The API that the access token is for: it becomes the claim aud.',
    isExtra: true,
    sample: 'https://api.example.com',
  },
];

// What can come back in the address bar.
export const ANSWERS = {
  code: 'The authorization code: good once, for five minutes, and worth nothing without the rest of the exchange.',
  state: 'Your own value. Compare it before anything else.',
  error: 'Why there is no code.',
  error_description: 'The same in words, for people.',
  id_token: 'Implicit grant: the ID token itself, in the address bar.',
  access_token: 'Implicit grant: the access token itself, in the address bar.',
  token_type: 'How to send the access token: Authorization: Bearer.',
  expires_in: 'Seconds that the access token is good for.',
};
