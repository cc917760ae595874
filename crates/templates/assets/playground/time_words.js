// Instants and spans of time in words.

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

// "2 minutes", "1 day": the largest unit that fits, rounded down.
export function span(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [unit, size] = UNITS.find(([, size]) => whole >= size) ?? UNITS[3];
  const number = Math.floor(whole / size);
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

// "in 59 minutes", "2 hours ago", "now".
export function relative(seconds, now) {
  const difference = seconds - now;
  if (Math.abs(difference) < 1) return 'now';
  return difference > 0 ? `in ${span(difference)}` : `${span(difference)} ago`;
}

// A number of a claim as a date; null when it is none.
export function date(seconds) {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return null;
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC').replace('Z', ' UTC');
}
