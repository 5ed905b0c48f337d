/** On which page a meeting takes place: opened by one click, typed by hand where no calendar says it. */
import { Button, CopyButton, Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy, IconPencil, IconVideo } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Agenda.module.css';
import { useUrl } from './change';
import type { AgendaEvent } from './queries';

interface Props {
  readonly event: AgendaEvent;
  readonly writable: boolean;
}

const LONGEST = 500;
/** As the API takes it: https alone, so that nothing runs by a click. */
const ADDRESS = /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[!-~]*)?$/;

export function MeetingUrl({ event, writable }: Props) {
  const { t } = useTranslation();
  const save = useUrl();
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const url = event.meeting_url;
  const submit = (submitted: SyntheticEvent) => {
    submitted.preventDefault();
    const typed = text?.trim() ?? '';
    if (typed !== '' && !ADDRESS.test(typed)) {
      setWrong(true);
      return;
    }
    save(event, typed === '' ? null : typed);
    setText(null);
  };
  if (text !== null) {
    return (
      <form onSubmit={submit}>
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('agenda.url.label')}
            placeholder="https://"
            value={text}
            maxLength={LONGEST}
            error={wrong && t('agenda.url.wrong')}
            onChange={({ currentTarget }) => {
              setWrong(false);
              setText(currentTarget.value);
            }}
            flex={1}
            data-autofocus
          />
          <Button type="submit" variant="default">
            {t('agenda.url.save')}
          </Button>
        </Group>
      </form>
    );
  }
  if (url === null && !writable) return null;
  return (
    <Group gap="sm" wrap="nowrap" className={styles['links'] ?? ''}>
      <IconVideo size={18} aria-hidden />
      {url !== null && (
        <>
          <a href={url} target="_blank" rel="noreferrer noopener" title={url} className={styles['room'] ?? ''}>
            {t('agenda.url.open')}
            <small>{url.replace('https://', '')}</small>
          </a>
          <CopyButton value={url} timeout={3000}>
            {({ copied, copy }) => (
              <UnstyledButton onClick={copy} aria-label={copied ? t('copied') : t('agenda.url.copy')} className={styles['edit'] ?? ''}>
                {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              </UnstyledButton>
            )}
          </CopyButton>
        </>
      )}
      {writable && (
        <UnstyledButton onClick={() => setText(url ?? '')} aria-label={url === null ? undefined : t('agenda.url.edit')} className={styles['edit'] ?? ''}>
          {url === null ? t('agenda.url.add') : <IconPencil size={16} aria-hidden />}
        </UnstyledButton>
      )}
    </Group>
  );
}
