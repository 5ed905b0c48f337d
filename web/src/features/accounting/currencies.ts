/** The currencies that are offered; the server knows every one of ISO 4217 that two decimals can hold. */
export const CURRENCIES = [
  'USD', 'EUR', 'ARS', 'BOB', 'BRL', 'CLP', 'COP', 'CRC', 'DOP', 'GBP', 'GTQ', 'HNL', 'MXN', 'NIO', 'PAB', 'PEN', 'PYG', 'UYU', 'VES',
] as const;
