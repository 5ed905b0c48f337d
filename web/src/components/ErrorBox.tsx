/** An error that fills only its region: what happened, the code, the id, and a way to try again (UI §4); a lacking right has none. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/lib/api/problem';
import { problemWords } from '@/components/problemWords';

export function ErrorBox({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  return (
    <Stack role="alert" align="flex-start" gap="sm" p="xl" maw={480}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={20} color="var(--nx-danger-fg)" style={{ flex: 'none' }} aria-hidden />
        <Text fw={500} style={{ textWrap: 'balance' }}>
          {problemWords(problem, t)}
        </Text>
      </Group>
      <Text size="sm" c="var(--nx-meta)">
        {[problem.code, problem.requestId].filter(Boolean).join(' · ')}
      </Text>
      {retry && problem.status !== 403 && (
        <Button variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Stack>
  );
}
