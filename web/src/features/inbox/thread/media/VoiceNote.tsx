/** A voice note: one button, where in it we are, and how long it is. Its words stand below. */
import { ActionIcon } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playingTime } from './looks';
import styles from './Media.module.css';

const HEARD_AT_ONCE = 'audio[data-voice]';

export function VoiceNote({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const player = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(Number.NaN);
  const [broken, setBroken] = useState(false);
  const known = Number.isFinite(length) && length > 0;
  const toggle = () => {
    const audio = player.current;
    if (!audio) return;
    if (playing) {
      audio.pause();
      return;
    }
    for (const other of document.querySelectorAll<HTMLAudioElement>(HEARD_AT_ONCE)) other.pause(); // one voice at a time
    audio.play().catch(() => setBroken(true));
  };
  return (
    <div className={styles['voice']}>
      <audio
        ref={player}
        src={address}
        preload="metadata"
        data-voice
        onLoadedMetadata={({ currentTarget }) => setLength(currentTarget.duration)}
        onDurationChange={({ currentTarget }) => setLength(currentTarget.duration)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => setBroken(true)}
      />
      <ActionIcon
        variant="light"
        size={36}
        radius="xl"
        disabled={broken}
        aria-label={playing ? t('inbox.media.pause') : t('inbox.media.play')}
        onClick={toggle}
      >
        {playing ? <IconPlayerPauseFilled size={18} aria-hidden /> : <IconPlayerPlayFilled size={18} aria-hidden />}
      </ActionIcon>
      {broken ? (
        <span className={styles['state']} data-bad>
          {t('inbox.media.unplayable')}
        </span>
      ) : (
        <>
          <input
            type="range"
            className={styles['seek']}
            min={0}
            max={known ? length : 1}
            step={0.1}
            value={known ? Math.min(at, length) : 0}
            disabled={!known}
            aria-label={t('inbox.media.position')}
            aria-valuetext={playingTime(at)}
            onChange={({ currentTarget }) => {
              if (player.current) player.current.currentTime = Number(currentTarget.value);
              setAt(Number(currentTarget.value));
            }}
          />
          <span className={styles['time']}>{playing || at > 0 ? playingTime(at) : playingTime(length)}</span>
        </>
      )}
    </div>
  );
}
