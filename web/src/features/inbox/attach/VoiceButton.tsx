/** Speak instead of writing: record, listen to it in the tray, send it or not. */
import { ActionIcon, Button } from '@mantine/core';
import { IconMicrophone, IconPlayerStopFilled, IconTrash } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '@/components/toast';
import styles from './Attach.module.css';
import { record, recordable, type Recording } from './recording';

const LONGEST_MS = 15 * 60_000; // far below 16 MB

interface Props {
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}

export function VoiceButton({ disabled, onFile }: Props) {
  const { t } = useTranslation();
  const [recording, setRecording] = useState<Recording | null>(null);
  const [seconds, setSeconds] = useState(0);
  const open = useRef<Recording | null>(null);
  const left = useRef(false);
  const type = recordable();
  const over = () => {
    open.current = null;
    setRecording(null);
  };
  const begin = async () => {
    if (type === null) return;
    try {
      open.current = await record(type, t('attach.voice.name'));
      if (left.current) {
        open.current.cancel();
        return;
      }
      setSeconds(0);
      setRecording(open.current);
    } catch {
      notify(t('attach.voice.denied'));
    }
  };
  const finish = async () => {
    over();
    const file = await recording?.finish();
    if (file) onFile(file);
    else notify(t('attach.voice.nothing'));
  };
  const timeUp = useEffectEvent(() => void finish());
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      open.current?.cancel(); // whoever leaves the conversation is not listened to any more
    };
  }, []);
  useEffect(() => {
    if (!recording) return undefined;
    const timer = setInterval(() => setSeconds((known) => known + 1), 1000);
    const end = setTimeout(timeUp, LONGEST_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [recording]);
  if (type === null) return null;
  if (!recording) {
    return (
      <ActionIcon
        className={styles['voice'] ?? ''}
        variant="subtle"
        color="gray"
        disabled={disabled}
        aria-label={t('attach.voice.begin')}
        title={t('attach.voice.begin')}
        onClick={() => void begin()}
      >
        <IconMicrophone size={20} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <div className={styles['recording']} role="group" aria-label={t('attach.voice.recording')}>
      <span className={styles['seconds']}>
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
      <ActionIcon
        className={styles['voice'] ?? ''}
        variant="subtle"
        color="gray"
        aria-label={t('attach.voice.discard')}
        title={t('attach.voice.discard')}
        onClick={() => {
          recording.cancel();
          over();
        }}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
      <Button size="compact-sm" variant="light" autoFocus leftSection={<IconPlayerStopFilled size={14} aria-hidden />} onClick={() => void finish()}>
        {t('attach.voice.finish')}
      </Button>
    </div>
  );
}
