/** The shortest form of all: a link or code that opens WhatsApp with the company's number and a first text. */
import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import styles from './Forms.module.css';
import { numbersQuery } from './queries';
import { QrShare } from './QrShare';
import { whatsappLink } from './whatsapp';

const LONGEST = 200;

export function WhatsappCard() {
  const { t } = useTranslation();
  const numbers = (useQuery(numbersQuery).data ?? []).filter(({ active }) => active);
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState(() => t('forms.whatsapp.first'));
  const [shown, setShown] = useState(false);
  const number = numbers.find(({ id }) => String(id) === chosen) ?? numbers[0];
  if (!number) return null;
  const link = whatsappLink(number.business_number, text);
  return (
    <section className={styles['card']} aria-labelledby="whatsapp-link">
      <div>
        <Title order={2} size="h4" id="whatsapp-link">
          {t('forms.whatsapp.title')}
        </Title>
        <Text size="sm" c="var(--nx-text2)">
          {t('forms.whatsapp.about')}
        </Text>
      </div>
      <Group>
        <Button variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t('forms.share')}
        </Button>
      </Group>
      {shown && (
        <div className={styles['share']}>
          {numbers.length > 1 && (
            <Select
              label={t('forms.whatsapp.number')}
              allowDeselect={false}
              data={numbers.map(({ id, name, business_number }) => ({ value: String(id), label: `${name} · ${business_number}` }))}
              value={String(number.id)}
              onChange={setChosen}
            />
          )}
          <TextInput label={t('forms.whatsapp.text')} value={text} maxLength={LONGEST} onChange={(event) => setText(event.currentTarget.value)} />
          <CopyText label={t('forms.address.form')} text={link} />
          <QrShare link={link} name="whatsapp" />
        </div>
      )}
    </section>
  );
}
