/** Which options take a secret, by their name, and which texts are one. Both err on the side of silence. */

/** The last words of names that take a secret as it is; `passwordFile` and the like take a path. */
const LAST_WORDS: ReadonlySet<string> = new Set([
  'apikey',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'psk',
  'secret',
  'secretkey',
  'token',
]);
const LAST_TWO_WORDS: ReadonlySet<string> = new Set([
  'admin pass',
  'api key',
  'auth key',
  'db pass',
  'encryption key',
  'hmac key',
  'jwt key',
  'master key',
  'preshared key',
  'private key',
  'root pass',
  'secret key',
  'shared key',
  'signing key',
]);
/** What is meant to be seen. */
const PUBLIC_WORDS: ReadonlySet<string> = new Set(['encrypted', 'hash', 'hashed', 'public']);

function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

/** Whether an option of this name takes a secret. */
export function namesSecret(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => PUBLIC_WORDS.has(word))) return false;
  const last = words[words.length - 1] ?? '';
  return LAST_WORDS.has(last) || LAST_TWO_WORDS.has(words.slice(-2).join(' '));
}

/** Texts that stand for a secret, or for none, or say where it is. */
const NO_SECRETS: readonly RegExp[] = [
  /^.{0,3}$/s,
  /[\r\n]/,
  // Paths, variables, templates, hashes, what is encrypted.
  /^[/$@%<{!~.]|\$\{|\{\{|%\(|\$\(|^@|@$|:\/\/|^(?:env|file|vault|ref|sops|exec|ENC)[:[]/i,
  /\.(?:age|conf|env|gpg|json|key|pem|secret|toml|txt|ya?ml)$/,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^(?:admin|auto|change|default|disable|dummy|empty|enable|example|fake|fixme|hidden|ignore|insert|my|none?|null|off|on|optional|password|placeholder|redacted|removed|replace|required|root|secret|some|stub|test|todo|token|true|false|unused|xxx|yes|your)/i,
  /^[x*.#_?0-]+$/i,
  /\.{3}|…/,
  // A time, such as that of a token's life: `90s`, `1 week`, `2 days 3h`.
  /^(?:\d+ ?(?:[smhdwy]|mo|ms|sec|min|hrs?|(?:second|minute|hour|day|week|month|year)s?)(?:[, ]+|$))+$/i,
  /^\d{1,5}$/,
  // `authelia-jwt`, `services.web`: the name of something.
  /^[a-z]+(?:[-_./:][a-z]+)+$/i,
];

/** Defaults that are published with the program: Grafana's `secret_key`. */
const WELL_KNOWN: ReadonlySet<string> = new Set(['SW2YcwTIb9zpOOhoPsMm']);

/** Whether a text that is given to an option is a secret, or may be a default that protects nothing. */
export function looksSecret(name: string, text: string): 'strong' | 'weak' | 'none' {
  if (NO_SECRETS.some((pattern) => pattern.test(text))) return 'none';
  if (text.split(/\s+/).length > 6 || text.toLowerCase() === name.toLowerCase()) return 'none';
  if (WELL_KNOWN.has(text)) return 'weak';
  const words = wordsOf(name);
  const isPassword = words.some((word) => /^(?:pass|psk)/.test(word));
  // One plain word is a password at most.
  if (/^[a-z]+$/i.test(text)) return isPassword ? 'weak' : 'none';
  return words[0] === 'initial' ? 'weak' : 'strong';
}
