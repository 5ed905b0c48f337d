/** One field for the six digits of the app: filled in by the phone where it can, sent as soon as it is full. */
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DIGITS, digitsOf } from './digits';

interface Props {
  readonly error: ReactNode;
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
}

export function CodeInput({ error, busy, onCode }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) field.current?.select(); // what is typed next takes its place
  }, [error]);
  return (
    <TextInput
      ref={field}
      name="code"
      label={t('totp.code')}
      description={t('totp.codeHint')}
      value={code}
      onChange={({ currentTarget: { value } }) => {
        const digits = digitsOf(value);
        setCode(digits);
        if (digits.length === DIGITS && digits !== code && !busy) onCode(digits);
      }}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      withAsterisk={false}
      autoFocus
      error={error}
      errorProps={{ role: 'alert' }}
    />
  );
}
