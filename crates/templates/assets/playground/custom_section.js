// Step 7: from SignUp to tokens by the JSON API.

import { confirmSignUpRequest, passwordRequest, signUpRequest, tokensOf } from './custom_requests.js';
import { srpPanels } from './custom_srp.js';
import { byId, el, fill, muted, note, notice, quietButton } from './dom.js';
import { exchangePanel } from './exchange_panel.js';
import { readInbox } from './server.js';
import { change, state, watch } from './state.js';

const FIELDS = ['username', 'email', 'password', 'code'];

const read = () => Object.fromEntries(FIELDS.map((name) => [name, byId(`custom-${name}`).value]));

function take(answer) {
  const tokens = tokensOf(answer);
  if (!tokens) {
    const challenge = answer.json?.ChallengeName;
    return challenge ? muted(`The pool asks for one thing more: ${challenge}. Your form would show that step now.`) : null;
  }
  change({ tokens });
  return note('Tokens, without any page of the pool. They are read and verified in step 4.');
}

const filled = (names, build) => () => (state.target && names.every((name) => read()[name]) ? build(state.target, read()) : null);

const STEPS = [
  {
    id: 'custom-sign-up',
    title: 'Sign up',
    why: 'Makes the user, unconfirmed, and sends a code.',
    label: 'Send SignUp',
    describe: filled(['username', 'password'], signUpRequest),
  },
  {
    id: 'custom-confirm',
    title: 'Confirm',
    why: 'Proves that the address is the user’s.',
    label: 'Send ConfirmSignUp',
    describe: filled(['username', 'code'], confirmSignUpRequest),
  },
  {
    id: 'custom-sign-in',
    title: 'Sign in with the password',
    why: 'USER_PASSWORD_AUTH: the password goes to the service over https. Simple, and your code has the password in its hands.',
    label: 'Send InitiateAuth (USER_PASSWORD_AUTH)',
    describe: filled(['username', 'password'], passwordRequest),
    onAnswer: take,
  },
];

const panelOf = ({ id, title, why }, ...children) =>
  el('section', { class: 'panel', id, 'aria-label': title }, el('h3', {}, title), why ? muted(why) : null, children);

export function startCustom() {
  byId('custom-form').addEventListener('submit', (event) => event.preventDefault());
  const steps = STEPS.map((step) => ({ ...step, made: exchangePanel(step) }));
  const srp = srpPanels(read, take);
  fill(byId('custom-panels'),
    steps.map((step) => panelOf(step, step.id === 'custom-confirm' ? inboxButton() : null, step.made.panel)),
    panelOf({ id: 'custom-srp', title: 'Or sign in with SRP' }, srp.views));
  const refresh = () => {
    for (const { made } of steps) made.refresh();
    srp.refresh();
  };
  for (const name of FIELDS) byId(`custom-${name}`).addEventListener('input', refresh);
  watch(['target'], () => { srp.reset(); refresh(); });
}

function inboxButton() {
  const result = el('div', { 'aria-live': 'polite' });
  const fetchCode = async () => {
    if (state.target?.isForeign) return fill(result, notice('The inbox belongs to this server.'));
    try {
      const messages = await readInbox(read().email);
      const found = messages.find((message) => message.code)?.code;
      if (!found) return fill(result, notice('There is no code for this address in the inbox yet.'));
      const input = byId('custom-code');
      input.value = found;
      input.dispatchEvent(new Event('input'));
      return fill(result, note('The code of the newest mail is in the field above.'));
    } catch (error) {
      return fill(result, notice(error.message));
    }
  };
  return el('div', {}, el('div', { class: 'row' }, quietButton('Take the code from the inbox', fetchCode)), result);
}
