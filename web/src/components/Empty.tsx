/** Nothing here, and what to do about it (UI §4, ∅). */
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Stack align="center" justify="center" gap="md" p="xl" h="100%" mih={160}>
      <Text c="var(--nx-text2)" ta="center" maw={360} style={{ textWrap: 'balance' }}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}
