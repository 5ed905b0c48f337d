/** Apart from what reads them: the first load knows when they have changed, and no more. */
export const knowledgeKey = ['knowledge'] as const;
