// The policy of a new pool. The server decides; this only saves a try.
export const PASSWORD_HINT = 'At least 8 characters, with capital and small letters, digits and symbols.';
