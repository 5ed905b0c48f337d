/**
 * Files to the customer (PRODUCT §12.0): picked, pasted or dropped, looked at, worded, sent. Its code comes later, and what
 * it needs of the inbox is handed in: an import would split that off into further pieces of the first load.
 */
import { ActionIcon, Button } from '@mantine/core';
import { IconPaperclip, IconSend } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '@/components/toast';
import styles from './Attach.module.css';
import { useIncomingFiles } from './incoming';
import { ACCEPTED, MOST_AT_ONCE } from './rules';
import { TrayItem } from './TrayItem';
import { useTray, type OnStored } from './tray';
import { VoiceButton } from './VoiceButton';

interface Props {
  readonly conversation: number;
  /** The rule that forbids to write just now; null where nothing does. */
  readonly rule: string | null;
  readonly offline: boolean;
  /** Files go to the customer, never into a note. */
  readonly onReply: () => void;
  readonly onStored: OnStored;
  /** A refusal in words. */
  readonly why: (code: string) => string;
}

export default function Attach({ conversation, rule, offline, onReply, onStored, why }: Props) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [items, trays] = useTray(conversation);
  const take = (files: readonly File[]) => {
    onReply();
    if (rule !== null) {
      notify(why(rule));
      return;
    }
    void trays.add(conversation, files).then((left) => {
      if (left > 0) notify(t('attach.most', { most: MOST_AT_ONCE }));
    });
  };
  const dragged = useIncomingFiles(take);
  const sendable = items.filter(({ refusal }) => refusal === null);
  const busy = items.some(({ progress }) => progress !== null);
  const send = () => {
    if (!offline && rule === null) void trays.send(conversation, onStored);
  };
  const remove = (key: string) => {
    trays.remove(conversation, key);
    button.current?.focus();
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          currentTarget.value = ''; // the same file may be picked again
        }}
      />
      <div className={styles['ways']}>
        <ActionIcon
          ref={button}
          className={styles['pick'] ?? ''}
          variant="subtle"
          color="gray"
          disabled={rule !== null}
          aria-label={t('attach.pick')}
          title={t('attach.pick')}
          onClick={() => picker.current?.click()}
        >
          <IconPaperclip size={20} aria-hidden />
        </ActionIcon>
        <VoiceButton disabled={rule !== null} onFile={(file) => take([file])} />
      </div>
      {dragged && (
        <p className={styles['drop']} role="status">
          {t('attach.drop')}
        </p>
      )}
      {items.length > 0 && (
        <section className={styles['tray']} aria-label={t('attach.tray')}>
          <ul className={styles['items']}>
            {items.map((item) => (
              <TrayItem
                key={item.address}
                item={item}
                why={why}
                onCaption={(caption) => trays.caption(conversation, item.key, caption)}
                onRemove={() => remove(item.key)}
                onSend={send}
              />
            ))}
          </ul>
          {sendable.length > 0 && (
            <Button
              className={styles['send'] ?? ''}
              loading={busy}
              disabled={offline || rule !== null}
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={send}
            >
              {sendable.some(({ problem }) => problem !== null) ? t('attach.again') : t('attach.send', { count: sendable.length })}
            </Button>
          )}
        </section>
      )}
    </>
  );
}
