/** A note on the lead, for the team alone; @ offers those who can be mentioned, and whoever is mentioned is told. */
import { Button, Combobox, Group, Kbd, Textarea, useCombobox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import styles from '@/features/leads/Leads.module.css';
import { leadKeys, writeNote } from '@/features/leads/queries';
import { useShortcut } from '@/lib/keys/keys';
import { useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import { mentionAt, mentioned, withMention } from './mention';

export function NoteBox({ lead }: { readonly lead: number }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const me = useMe();
  const team = useTeam().filter(({ active, id }) => active && id !== me.user.id);
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState('');
  const [place, setPlace] = useState(0);
  const list = useCombobox();
  const asked = mentionAt(draft, place);
  const offered = asked === null ? [] : team.filter(({ name }) => name.toLocaleLowerCase().includes(asked.toLocaleLowerCase())).slice(0, 6);
  useShortcut('n', t('leads.note.write'), () => box.current?.focus());
  const writing = useMutation({
    mutationFn: (text: string) => writeNote(lead, text, mentioned(text, team)),
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
  const choose = (name: string) => {
    const next = withMention(draft, place, name);
    setDraft(next.text);
    setPlace(next.place);
    list.closeDropdown();
    requestAnimationFrame(() => box.current?.setSelectionRange(next.place, next.place));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && offered.length === 0) box.current?.blur();
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && offered.length === 0) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <form className={styles['note']} onSubmit={submit}>
      <Combobox store={list} onOptionSubmit={choose}>
        <Combobox.Target withKeyboardNavigation={offered.length > 0}>
          <Textarea
            ref={box}
            aria-label={t('record.note')}
            placeholder={t('record.note')}
            rightSection={draft === '' && <Kbd size="xs">N</Kbd>}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={4000}
            value={draft}
            onChange={(event) => {
              setDraft(event.currentTarget.value);
              setPlace(event.currentTarget.selectionStart);
              list.openDropdown();
              list.selectFirstOption();
            }}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offered.length === 0}>
          <Combobox.Options>
            {offered.map(({ id, name }) => (
              <Combobox.Option key={id} value={name}>
                {name}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Group justify="flex-end">
        <Button type="submit" variant="default" size="compact-md" disabled={!draft.trim()}>
          {t('leads.note.save')}
        </Button>
      </Group>
    </form>
  );
}
