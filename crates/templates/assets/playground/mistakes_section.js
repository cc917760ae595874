// Step 3: the mistakes, made against the real server.

import { byId, el, fill, muted, notice, quietButton } from './dom.js';
import { errorWords } from './error_words.js';
import { answerView, errorOf, requestView } from './exchange_panel.js';
import { freshCode } from './fresh_code.js';
import { MISTAKES } from './mistakes.js';
import { exchangeRequest } from './requests.js';
import { send, withClockAdvanced } from './server.js';
import { state, watch } from './state.js';

export function startMistakes() {
  watch(['target'], () => {
    const { target } = state;
    if (!target) return;
    if (target.isForeign) {
      fill(byId('mistakes'), muted('Mistakes are made against this server’s own clients only.'));
      return;
    }
    const result = el('div', { 'aria-live': 'polite', id: 'mistake-result' });
    const buttons = MISTAKES.map((mistake) => {
      const fits = mistake.isFor?.(target) ?? true;
      const text = fits ? mistake.title : `${mistake.title} (${mistake.insteadSay})`;
      return quietButton(text, () => make(mistake, target, buttons, result), { disabled: !fits, 'data-mistake': mistake.id });
    });
    fill(byId('mistakes'), el('div', { class: 'mistakes' }, buttons), result);
  });
}

async function make(mistake, target, buttons, result) {
  const usable = buttons.filter((button) => !button.disabled);
  for (const button of usable) button.disabled = true;
  fill(result, muted('Under way …'));
  try {
    fill(result, await outcome(mistake, target));
  } catch (error) {
    fill(result, notice(error.message));
  } finally {
    for (const button of usable) button.disabled = false;
  }
}

async function outcome(mistake, target) {
  const good = exchangeRequest(target, await freshCode(target));
  if (mistake.isFirstUsed) {
    const first = await send(good);
    if (first.status !== 200) return [notice('The first exchange failed already.'), answerView(first)];
  }
  const request = mistake.make(good);
  const answer = await (mistake.later ? withClockAdvanced(mistake.later, () => send(request)) : send(request));
  return el('div', { class: 'mistake', 'data-outcome': mistake.id, 'data-error': errorOf(answer) },
    el('h4', {}, mistake.title), el('p', {}, mistake.changed), requestView(request), answerView(answer),
    await errorWords(errorOf(answer), mistake.told(target), 'token'),
    muted('The answer holds the code of the error and no more, as at Cognito. The reason is in the server’s log.'));
}
