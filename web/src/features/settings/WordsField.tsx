/** Own words for those who buy, in the language that one reads: both or none. */
import { Group, Input, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnWords } from './words';

interface Props {
  readonly label: string;
  readonly error: string | false;
  readonly value: OwnWords;
  readonly onValue: (value: OwnWords) => void;
}

export function WordsField({ label, error, value, onValue }: Props) {
  const { t, i18n } = useTranslation();
  const known = value[i18n.language];
  const [draft, setDraft] = useState({ one: known?.one ?? '', many: known?.many ?? '' });
  const change = (next: typeof draft) => {
    setDraft(next);
    const others = Object.fromEntries(Object.entries(value).filter(([language]) => language !== i18n.language));
    const [one, many] = [next.one.trim(), next.many.trim()];
    onValue(one && many ? { ...others, [i18n.language]: { one, many } } : others);
  };
  return (
    <Input.Wrapper label={label} description={t('settings.ownWords.help')} error={error} inputWrapperOrder={['label', 'input', 'description', 'error']}>
      <Group grow>
        {(['one', 'many'] as const).map((number) => (
          <TextInput
            key={number}
            aria-label={t(`settings.ownWords.${number}`)}
            placeholder={t(`settings.ownWords.${number}`)}
            value={draft[number]}
            maxLength={30}
            onChange={(event) => change({ ...draft, [number]: event.currentTarget.value })}
          />
        ))}
      </Group>
    </Input.Wrapper>
  );
}
