/** The models on a page of their own. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Model.module.css';
import { ModelSection } from './ModelSection';

export function ModelPage() {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <Title order={1}>{t('model.page')}</Title>
        <ModelSection />
      </div>
    </div>
  );
}
