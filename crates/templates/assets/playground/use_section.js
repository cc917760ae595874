// Step 5: what tokens are for, and the three ways that something ends.

import { addressBlock, byId, code, copyButton, el, fill, muted, note, notice } from './dom.js';
import { exchangePanel } from './exchange_panel.js';
import { fullUrl, getUserRequest, logoutRequest, refreshRequest, revokeRequest, userInfoRequest } from './requests.js';
import { change, state, watch } from './state.js';
import { keep } from './tab_store.js';

const withToken = (name, build) => () => (state.target && state.tokens?.[name] ? build(state.target, state.tokens[name]) : null);

const PANELS = [
  {
    id: 'user-info',
    title: 'Ask who the user is: userInfo',
    why: 'The OpenID Connect way. It answers with the attributes that the scopes open, as they are now and not as they were when the token was made.',
    label: 'Send userInfo',
    describe: withToken('access_token', userInfoRequest),
  },
  {
    id: 'get-user',
    title: 'Call an API: GetUser',
    why: 'One of the operations that take the access token. It needs the scope aws.cognito.signin.user.admin.',
    label: 'Send GetUser',
    describe: withToken('access_token', getUserRequest),
  },
  {
    id: 'refresh',
    title: 'Refresh',
    why: 'New ID and access tokens without the user. The new ones appear in step 4; auth_time and origin_jti stay.',
    label: 'Send the refresh',
    describe: withToken('refresh_token', refreshRequest),
    onAnswer: refreshed,
  },
  {
    id: 'revoke',
    title: 'Revoke',
    why: 'Ends the refresh token and, for this server’s own checks, every token that goes back to the same sign-in. An API that only verifies signatures does not notice until exp.',
    label: 'Send the revocation',
    describe: withToken('refresh_token', revokeRequest),
    onAnswer: (answer) => (answer.status === 200 ? note('Revoked. Send userInfo, GetUser and the refresh again: all are refused now. Step 4 still says that the signature holds.') : null),
  },
];

export function startUse() {
  const panels = PANELS.map(({ id, title, why, ...options }) => {
    const made = exchangePanel(options);
    return { ...made, view: el('section', { class: 'panel', id, 'aria-label': title }, el('h3', {}, title), muted(why), made.panel) };
  });
  const logout = el('section', { class: 'panel', id: 'logout', 'aria-label': 'Sign out of the browser' });
  fill(byId('use-panels'), panels.map(({ view }) => view), logout);
  watch(['target', 'tokens'], () => {
    for (const { refresh } of panels) refresh();
    if (state.target) showLogout(logout);
  });
}

// A refreshed ID token belongs to no authorization request, so that there is no nonce to compare.
function refreshed(answer) {
  if (answer.status !== 200 || !answer.json) return null;
  change({ tokens: { ...state.tokens, ...answer.json, nonce: undefined } });
  return note(answer.json.refresh_token ? 'New tokens, and a new refresh token: the old one ends (rotation).' : 'New ID and access tokens. The refresh token stays the same.');
}

function showLogout(place) {
  const { target } = state;
  const url = fullUrl(logoutRequest(target));
  const link = el('a', { class: 'button', href: url, on: { click: () => keep('signing-out', true) } }, 'Sign out of the browser');
  fill(place, el('h3', {}, 'Sign out of the browser'),
    muted('Ends the session cookie of the pool’s pages, so that the next sign-in asks for the password. It is an address to go to, not a request to send, and tokens live on. logout_uri must be among the client’s LogoutURLs.'),
    addressBlock('The address', url),
    target.isSignedOutTo ? null : notice('This page is not among the client’s LogoutURLs: register it in step 1, or add ', code(target.redirectUri), '.'),
    el('div', { class: 'row' }, target.isForeign ? null : link, copyButton(url, 'the address')));
}
