/** What else can be done with the chosen leads: tags on and off, a task about each, delete, bring back. */
import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconChecklist, IconRestore, IconTag, IconTrash } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '@/components/records/Tag';
import { useBackCloses } from '@/lib/history/back';
import { useTags } from '@/lib/records/tags';
import { useBulk } from './bulk';
import styles from './Leads.module.css';
import type { Lead } from './queries';

interface Props {
  readonly chosen: readonly Lead[];
  readonly disabled: boolean;
  readonly onDone: () => void;
}

export function BulkMore({ chosen, disabled, onDone }: Props) {
  const { t } = useTranslation();
  const tags = useTags();
  const edit = useBulk();
  const [giving, setGiving] = useState(false);
  const count = chosen.length;
  if (chosen.every(({ deleted_at: at }) => at !== null)) {
    const restore = () => {
      onDone();
      edit(chosen, { bin: 'restore' }, t('record.bulk.restored', { count }));
    };
    return (
      <Button variant="default" size="compact-md" disabled={disabled} leftSection={<IconRestore size={16} aria-hidden />} onClick={restore}>
        {t('record.bulk.restore')}
      </Button>
    );
  }
  const remove = () => {
    onDone();
    edit(chosen, { bin: 'delete' }, t('record.bulk.deleted', { count }));
  };
  const worn = tags.filter(({ id }) => chosen.some(({ tag_ids: on }) => on.includes(id)));
  return (
    <>
      <Menu position="top-start" width={240}>
        <Menu.Target>
          <Button variant="default" size="compact-md" disabled={disabled || tags.length === 0} leftSection={<IconTag size={16} aria-hidden />}>
            {t('record.tags.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} className={styles['choices'] ?? ''}>
          <Menu.Label>{t('record.bulk.put')}</Menu.Label>
          {tags.map((tag) => (
            <Menu.Item key={tag.id} onClick={() => edit(chosen, { add_tag_ids: [tag.id] }, t('record.bulk.tagged', { name: tag.name, count }))}>
              <Tag tag={tag} />
            </Menu.Item>
          ))}
          {worn.length > 0 && <Menu.Label>{t('record.bulk.take')}</Menu.Label>}
          {worn.map((tag) => (
            <Menu.Item key={tag.id} onClick={() => edit(chosen, { remove_tag_ids: [tag.id] }, t('record.bulk.untagged', { name: tag.name, count }))}>
              <Tag tag={tag} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" size="compact-md" disabled={disabled} leftSection={<IconChecklist size={16} aria-hidden />} onClick={() => setGiving(true)}>
        {t('record.bulk.task')}
      </Button>
      <Button variant="default" size="compact-md" disabled={disabled} leftSection={<IconTrash size={16} aria-hidden />} onClick={remove}>
        {t('record.bulk.delete')}
      </Button>
      {giving && (
        <GiveTask
          count={count}
          onClose={() => setGiving(false)}
          onTask={(title, due_at) => {
            setGiving(false);
            edit(chosen, { task: { title, due_at } }, t('record.bulk.given', { count }));
          }}
        />
      )}
    </>
  );
}

interface GiveProps {
  readonly count: number;
  readonly onClose: () => void;
  readonly onTask: (title: string, due: string | null) => void;
}

function GiveTask({ count, onClose, onTask }: GiveProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [due, setDue] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (title.trim()) onTask(title.trim(), due === '' ? null : new Date(due).toISOString());
  };
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={t('record.bulk.giving', { count })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <TextInput data-autofocus label={t('record.tasks.title')} maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        <TextInput mt="sm" type="datetime-local" label={t('record.tasks.due')} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
        <Button mt="md" type="submit" disabled={!title.trim()}>
          {t('record.tasks.give')}
        </Button>
      </form>
    </Modal>
  );
}
