/** One file before it leaves: how it looks, what is said with it, how far it is, and why it was refused. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconAlertCircle, IconFile, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bytes } from '@/lib/i18n/format';
import styles from './Attach.module.css';
import { LONGEST_CAPTION, type Refusal } from './rules';
import type { Item } from './tray';

interface Props {
  readonly item: Item;
  /** A refusal in words. */
  readonly why: (code: string) => string;
  readonly onCaption: (caption: string) => void;
  readonly onRemove: () => void;
  readonly onSend: () => void;
}

export function TrayItem({ item, why, onCaption, onRemove, onSend }: Props) {
  const { t, i18n } = useTranslation();
  const { file, kind, progress, refusal, problem } = item;
  const name = file.name || t('attach.nameless');
  const wrong = refusal !== null ? t(`attach.refused.${limited(refusal, kind)}`) : problem !== null ? why(problem) : null;
  return (
    <li className={styles['item']} data-refused={wrong !== null}>
      <Preview item={item} name={name} />
      <div className={styles['facts']}>
        <span className={styles['name']} title={name}>
          {name}
        </span>
        <span className={styles['size']}>{bytes(file.size, i18n.language)}</span>
        {wrong !== null && (
          <span className={styles['why']} role="alert">
            <IconAlertCircle size={14} aria-hidden /> {wrong}
          </span>
        )}
        {refusal === null && kind !== 'audio' && progress === null && (
          <TextInput
            size="sm"
            maxLength={LONGEST_CAPTION}
            value={item.caption}
            aria-label={t('attach.captionOf', { name })}
            placeholder={t('attach.caption')}
            onChange={(event) => onCaption(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) onSend();
            }}
          />
        )}
        {progress !== null && <progress className={styles['progress']} value={progress} aria-label={t('attach.progress', { name })} />}
      </div>
      <ActionIcon
        className={styles['remove'] ?? ''}
        variant="subtle"
        color="gray"
        disabled={progress !== null}
        aria-label={t('attach.remove', { name })}
        onClick={onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function Preview({ item: { kind, address, refusal }, name }: { readonly item: Item; readonly name: string }) {
  if (kind === 'image' && refusal === null) return <img className={styles['preview']} src={address} alt={name} />;
  if (kind === 'video' && refusal === null) return <video className={styles['preview']} src={address} muted preload="metadata" aria-label={name} />;
  if (kind === 'audio' && refusal === null) return <audio className={styles['player']} src={address} controls aria-label={name} />;
  return (
    <span className={styles['preview']}>
      <IconFile size={24} aria-hidden />
    </span>
  );
}

/** A picture has a bound of its own. */
function limited(refusal: Refusal, kind: Item['kind']): Refusal | 'tooLargeImage' {
  return refusal === 'tooLarge' && kind === 'image' ? 'tooLargeImage' : refusal;
}
