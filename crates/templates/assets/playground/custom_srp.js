// Step 7: USER_SRP_AUTH with every number that both sides compute.

import { srpAnswerRequest, srpRequest } from './custom_requests.js';
import { code, el, facts, muted } from './dom.js';
import { exchangePanel } from './exchange_panel.js';
import { serverNow, state } from './state.js';
import { answerChallenge, newEphemeral, srpTimestamp } from './srp.js';

const hex = (number) => number.toString(16);

const explained = (rows) => facts(rows.map(([name, value, why]) => [code(name), code(value), el('p', { class: 'muted' }, why)]));

// `read` gives the fields of the form; `take` keeps tokens.
export function srpPanels(read, take) {
  let ephemeral = newEphemeral();
  let challenged = null;
  const first = exchangePanel({
    label: 'Send InitiateAuth (USER_SRP_AUTH)',
    describe: () => (state.target && read().username ? srpRequest(state.target, read(), ephemeral.A) : null),
    onAnswer: async (answer) => {
      challenged = null;
      if (answer.json?.ChallengeName !== 'PASSWORD_VERIFIER') return null;
      challenged = await compute(answer.json, ephemeral, read().password);
      await second.refresh();
      return challengeView(challenged, ephemeral);
    },
  });
  const second = exchangePanel({
    label: 'Send RespondToAuthChallenge',
    describe: () => (state.target && challenged ? srpAnswerRequest(state.target, challenged) : null),
    onAnswer: (answer) => {
      ephemeral = newEphemeral();
      first.refresh();
      return take(answer);
    },
  });
  const start = el('div', {},
    muted('With SRP the password never travels, not even encrypted. Both sides compute the same key from it, and the client proves that it has the key. First the client draws a secret number a and sends A = g^a mod N.'));
  return {
    views: [start, first.panel, second.panel],
    refresh: () => Promise.all([first.refresh(), second.refresh()]),
    reset: () => { challenged = null; },
  };
}

async function compute({ ChallengeParameters: challenge, Session: session }, ephemeral, password) {
  const timestamp = srpTimestamp(serverNow());
  const answer = await answerChallenge({ ...ephemeral, poolId: state.target.poolId, password, challenge, timestamp });
  return { challenge, session, answer };
}

function challengeView({ challenge, answer }, { A }) {
  return el('div', { class: 'words', id: 'srp-values' }, explained([
    ['A', hex(A), 'What this page sent: g^a mod N. The secret a stays here.'],
    ['SRP_B', challenge.SRP_B, 'The server’s half: k·v + g^b mod N, where v is all that it keeps of the password.'],
    ['SALT', challenge.SALT, 'Makes equal passwords of two users look different.'],
    ['u', hex(answer.u), 'SHA-256 of A and B: ties the key to this one exchange.'],
    ['x', hex(answer.x), 'SHA-256 of the salt and of SHA-256(pool name, user id, “:”, password): the one place where the password goes in.'],
    ['S', hex(answer.S), '(B − k·g^x)^(a + u·x) mod N. The server reaches the same number by (A·v^u)^b mod N, without knowing the password.'],
    ['key', answer.key, '16 bytes made of S and u by HKDF, with the words “Caldera Derived Key”.'],
    ['TIMESTAMP', answer.timestamp, 'English names, UTC, and no zero before the day: the service compares the text.'],
    ['PASSWORD_CLAIM_SIGNATURE', answer.signature, 'HMAC-SHA-256 under the key over pool name, user id, secret block and timestamp: the proof that is sent next.'],
  ]));
}
