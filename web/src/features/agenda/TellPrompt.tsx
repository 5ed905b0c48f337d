/** «¿Avisar a Ana?» after the reader moved or cancelled a meeting: what she would read, or why she cannot be told. */
import { Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify, toastProblem } from '@/components/toast';
import styles from './Agenda.module.css';
import { tell, tellingQuery, type AgendaEvent } from './queries';

interface Props {
  readonly event: AgendaEvent;
  readonly onClose: () => void;
}

const TOLD_WHY = ['window_shut', 'no_address', 'opted_out', 'paused'] as const;

/** Covers nothing: the way back of the change itself stays in reach. */
export function TellPrompt({ event, onClose }: Props) {
  const { t } = useTranslation();
  const { data: telling } = useQuery(tellingQuery(event));
  const sending = useMutation({ mutationFn: () => tell(event.id), onError: toastProblem });
  if (!telling || telling.way === 'automatic') return null;
  const name = telling.name ?? t('agenda.tell.somebody');
  const why = TOLD_WHY.find((known) => known === telling.why);
  if (telling.way === 'none' && !why) return null;
  const question = why ? t('agenda.tell.cannot', { name }) : t('agenda.tell.ask', { name });
  return (
    <Paper component="section" aria-label={question} withBorder shadow="md" p="md" className={styles['tell'] ?? ''}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600} role="status">
          {question}
        </Text>
        <CloseButton aria-label={t('agenda.close')} onClick={onClose} />
      </Group>
      {why ? <Text size="sm">{t(`agenda.tell.why.${why}`)}</Text> : <Text className={styles['said'] ?? ''}>{telling.text}</Text>}
      {telling.way === 'template' && (
        <Text size="sm" c="var(--nx-text2)">
          {t('agenda.tell.byTemplate')}
        </Text>
      )}
      {!why && (
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('agenda.tell.no')}
          </Button>
          <Button
            loading={sending.isPending}
            onClick={() =>
              sending.mutate(undefined, {
                onSuccess: () => {
                  notify(t('agenda.tell.done', { name }));
                  onClose();
                },
              })
            }
          >
            {t('agenda.tell.yes')}
          </Button>
        </Group>
      )}
    </Paper>
  );
}
