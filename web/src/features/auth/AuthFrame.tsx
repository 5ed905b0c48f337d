/** The frame of the pages before the login: one card, one action. */
import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './AuthFrame.module.css';

export function AuthFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={styles['page']}>
      <Paper className={styles['card']} withBorder radius="md" p="xl">
        <Stack gap="lg">
          <div className={styles['brand']}>
            <img src="/icon.svg" alt="" width={28} height={28} />
            <span>Nexus</span>
          </div>
          <Title order={1}>{title}</Title>
          {children}
        </Stack>
      </Paper>
    </main>
  );
}
