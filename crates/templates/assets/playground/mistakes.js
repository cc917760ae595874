// Mistakes that people make at the exchange, each made on purpose.
//
// `make` changes a request that would work; `told` is the reason as the server's log names it, by
// which the dictionary of errors finds what to say. `isFirstUsed` spends the code before, `later`
// lets time pass.

const withForm = (request, change) => ({ ...request, form: request.form.flatMap(([name, value]) => change(name, value)) });

const replacing = (wanted, replace) => (request) =>
  withForm(request, (name, value) => (name === wanted ? replace(value) : [[name, value]]));

export const MISTAKES = [
  {
    id: 'used-twice',
    title: 'Code used twice',
    changed: 'The same code was exchanged a moment ago, with success. The second use also ends the tokens of the first: somebody else may have stolen the code.',
    isFirstUsed: true,
    make: (request) => request,
    told: () => 'the code was used before',
  },
  {
    id: 'wrong-redirect-uri',
    title: 'Wrong redirect_uri',
    changed: 'redirect_uri has a slash more at its end than the one of the authorization request.',
    make: replacing('redirect_uri', (value) => [['redirect_uri', `${value}/`]]),
    told: () => 'the redirect_uri is not registered for the client',
  },
  {
    id: 'redirect-url',
    title: 'redirect_url instead of redirect_uri',
    changed: 'The parameter is called redirect_url, with an l at its end: the server does not know it.',
    make: replacing('redirect_uri', (value) => [['redirect_url', value]]),
    told: () => 'redirect_uri is missing',
  },
  {
    id: 'wrong-verifier',
    title: 'Wrong code_verifier',
    changed: 'code_verifier is not the one whose hash began the sign-in, as when a second tab writes over the first one’s.',
    make: replacing('code_verifier', (value) => [['code_verifier', [...value].reverse().join('')]]),
    told: () => 'the code_verifier does not fit the code_challenge',
  },
  {
    id: 'no-verifier',
    title: 'Missing code_verifier',
    changed: 'The sign-in began with a code_challenge, and code_verifier does not come.',
    make: replacing('code_verifier', () => []),
    told: () => 'the code was issued with a code_challenge and needs its code_verifier',
  },
  {
    id: 'no-secret',
    title: 'Missing client secret',
    changed: 'The client is confidential, and neither Authorization nor client_secret comes.',
    isFor: (target) => target.clientSecret !== null,
    insteadSay: 'needs a confidential client',
    make: (request) => ({ ...request, basic: null }),
    told: () => 'the client has a secret, which must be sent',
  },
  {
    id: 'unexpected-secret',
    title: 'A secret for a public client',
    changed: 'The client has no secret, and one comes in Authorization.',
    isFor: (target) => target.clientSecret === null,
    insteadSay: 'needs a public client',
    make: (request) => ({ ...request, basic: [new URLSearchParams(request.form).get('client_id'), 'made-up'] }),
    told: () => 'the client has no secret, but one was sent',
  },
  {
    id: 'json-body',
    title: 'JSON instead of a form',
    changed: 'The body is JSON, as axios sends an object by default. The endpoint reads forms only, so nothing has arrived for it.',
    make: ({ form, ...request }) => ({ ...request, headers: { 'Content-Type': 'application/json' }, json: Object.fromEntries(form) }),
    told: (target) => (target.clientSecret ? 'grant_type is missing' : 'the request names no client'),
  },
  {
    id: 'expired',
    title: 'Expired code, by the clock',
    changed: 'The server’s clock was moved six minutes forward for this request, and put back after it. A code lives for five.',
    later: '6m',
    make: (request) => request,
    told: () => 'the code has expired',
  },
];
