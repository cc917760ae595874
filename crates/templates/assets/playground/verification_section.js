// Step 4, second half: verifying in the page what the tokens claim, and seeing it fail.

import { byId, code, el, facts, fill, muted, note, notice, verdict, announce } from './dom.js';
import { base64url, bytesOf } from './encoding.js';
import { decode } from './jwt.js';
import { readJwks } from './server.js';
import { serverNow, state, watch } from './state.js';
import { verify } from './verification.js';

let jwks = null;

export function startVerification() {
  const [box, use] = [byId('token-box'), byId('token-use')];
  watch(['tokens'], () => {
    if (!state.tokens) return;
    use.value = state.tokens.id_token ? 'id' : 'access';
    box.value = tokenOf(use.value);
    run();
  });
  watch(['target'], () => { jwks = null; byId('jwks-row').hidden = state.target?.isForeign !== true; });
  use.addEventListener('change', () => { box.value = tokenOf(use.value) || box.value; run(); });
  box.addEventListener('input', run);
  byId('jwks').addEventListener('input', () => { jwks = null; run(); });
  byId('spoil').addEventListener('click', () => { box.value = spoilt(box.value); run(); });
  byId('restore').addEventListener('click', () => { box.value = tokenOf(use.value); run(); });
}

const tokenOf = (use) => state.tokens?.[`${use}_token`] ?? '';

// Makes the token one of another user: changes the first letter of sub, and leaves the signature.
function spoilt(token) {
  try {
    const { parts, claims } = decode(token);
    const sub = String(claims.sub);
    const changed = { ...claims, sub: (sub[0] === 'a' ? 'b' : 'a') + sub.slice(1) };
    return `${parts.header}.${base64url(bytesOf(JSON.stringify(changed)))}.${parts.signature}`;
  } catch {
    return token;
  }
}

async function keys() {
  if (jwks) return jwks;
  if (state.target.isForeign) {
    const text = byId('jwks').value.trim();
    jwks = text ? JSON.parse(text) : { keys: [] };
  } else {
    jwks = await readJwks(new URL(state.target.issuer).pathname);
  }
  return jwks;
}

let runs = 0;

async function run() {
  const token = byId('token-box').value.trim();
  const place = byId('verification');
  if (!token || !state.target) {
    fill(place, muted('Steps appear here once there is a token.'));
    return;
  }
  const mine = (runs += 1);
  const use = byId('token-use').value;
  const steps = await keys()
    .then((known) => verify(token, {
      use,
      jwks: known,
      issuer: state.target.issuer,
      clientId: state.target.clientId,
      nonce: state.tokens?.nonce,
      accessToken: state.tokens?.access_token,
      now: serverNow(),
    }))
    .catch((error) => error);
  if (mine !== runs) return;
  if (steps instanceof Error) {
    fill(place, notice(`The keys could not be read: ${steps.message}`));
    return;
  }
  const isGood = steps.every((step) => step.isGood !== false);
  const summary = isGood ? 'Every check holds: this token may be believed.' : 'A check fails: an app throws this token away.';
  fill(place, isGood ? note(summary) : notice(summary), el('ol', { class: 'steps-list' }, steps.map(stepView)));
  announce(summary);
}

const stepView = ({ title, why, rows, isGood }) =>
  el('li', { class: 'step' }, el('p', {}, el('strong', {}, title), ' ', verdict(isGood)), muted(why), facts(rows.map(([name, value]) => [name, code(value)])));
