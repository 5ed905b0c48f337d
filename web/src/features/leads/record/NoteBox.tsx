/** A note for the team, kept in the conversation of the lead; without one there is nowhere to keep it. */
import { Button, Group, Kbd, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import styles from '@/features/leads/Leads.module.css';
import { leadKeys, writeNote } from '@/features/leads/queries';
import { useShortcut } from '@/lib/keys/keys';

interface Props {
  readonly lead: number;
  readonly conversation: number;
}

export function NoteBox({ lead, conversation }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState('');
  useShortcut('n', t('leads.note.write'), () => box.current?.focus());
  const writing = useMutation({
    mutationFn: (text: string) => writeNote(conversation, text),
    onMutate: () => setDraft(''),
    onError: (error, text) => {
      setDraft((since) => since || text);
      toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: leadKeys.timeline(lead) }),
  });
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (draft.trim() && !writing.isPending) writing.mutate(draft.trim());
  };
  return (
    <form className={styles['note']} onSubmit={submit}>
      <Textarea
        ref={box}
        aria-label={t('leads.note.label')}
        placeholder={t('leads.note.label')}
        rightSection={draft === '' && <Kbd size="xs">N</Kbd>}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={4000}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            submit();
          }
        }}
      />
      <Group justify="flex-end">
        <Button type="submit" variant="default" size="compact-md" disabled={!draft.trim()}>
          {t('leads.note.save')}
        </Button>
      </Group>
    </form>
  );
}
