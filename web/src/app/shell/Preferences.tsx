/** Theme and language, the same in the person's menu and in the sheet of a phone. */
import { SegmentedControl, useMantineColorScheme, type MantineSize } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language } from '@/lib/i18n';
import styles from './Shell.module.css';

const LANGUAGE_NAMES: Record<Language, string> = { es: 'Español', en: 'English', pt: 'Português' };

export function Preferences({ size = 'xs' }: { readonly size?: MantineSize }) {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <div className={styles['choice']}>
        <SegmentedControl
          fullWidth
          size={size}
          aria-label={t('theme.label')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </div>
      <div className={styles['choice']}>
        <SegmentedControl
          fullWidth
          size={size}
          aria-label={t('language')}
          value={i18n.language}
          onChange={(value) => void chooseLanguage(value as Language)}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        />
      </div>
    </>
  );
}
