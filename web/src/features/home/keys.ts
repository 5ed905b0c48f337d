/** The key of everything that the reports read, for those who keep it fresh. */
export const reportKey = ['reports'] as const;
