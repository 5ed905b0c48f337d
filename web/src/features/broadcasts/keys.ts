/** What is read of broadcasts, by name: apart, so that the live rules of the shell bring nothing else along. */
export const broadcastKeys = {
  list: ['broadcasts', 'list'] as const,
  recipients: (id: number) => ['broadcasts', 'recipients', id] as const,
  preview: (body: object) => ['broadcasts', 'preview', body] as const,
};
