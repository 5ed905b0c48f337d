/** The key of everything that the reports read, for those who keep it fresh. */
export const reportKey = ['reports'] as const;

/** Apart from the inbox's lists, which live events patch page by page. */
export const waitingKey = ['home', 'waiting'] as const;
