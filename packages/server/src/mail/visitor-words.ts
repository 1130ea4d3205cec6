import type { LanguageCode } from '@beckon/protocol'

/** What stands around the words of others in mails to visitors. `%` is the place of a name. */
export type VisitorWords = {
  chatWith: string
  yourChat: string
  timesIn: string
  visitor: string
  whyChat: string
  yourMessage: string
  youWrote: string
}

const WORDS = {
  en: {
    chatWith: 'Chat with %',
    yourChat: 'Your chat with %',
    timesIn: 'Times are in %.',
    visitor: 'Visitor',
    whyChat: 'You get this mail because this address was given in a chat on %.',
    yourMessage: 'Your message to %',
    youWrote: 'You wrote:',
  },
  de: {
    chatWith: 'Chat mit %',
    yourChat: 'Ihr Chat mit %',
    timesIn: 'Zeiten in der Zeitzone %.',
    visitor: 'Besucher',
    whyChat: 'Sie erhalten diese E-Mail, weil diese Adresse in einem Chat auf % angegeben wurde.',
    yourMessage: 'Ihre Nachricht an %',
    youWrote: 'Sie schrieben:',
  },
  fr: {
    chatWith: 'Conversation avec %',
    yourChat: 'Votre conversation avec %',
    timesIn: 'Heures dans le fuseau %.',
    visitor: 'Visiteur',
    whyChat:
      'Vous recevez cet e-mail car cette adresse a été indiquée dans une conversation sur %.',
    yourMessage: 'Votre message à %',
    youWrote: 'Vous avez écrit :',
  },
  es: {
    chatWith: 'Chat con %',
    yourChat: 'Su chat con %',
    timesIn: 'Horas en la zona %.',
    visitor: 'Visitante',
    whyChat: 'Recibe este correo porque se indicó esta dirección en un chat en %.',
    yourMessage: 'Su mensaje a %',
    youWrote: 'Usted escribió:',
  },
  it: {
    chatWith: 'Chat con %',
    yourChat: 'La sua chat con %',
    timesIn: 'Orari nel fuso %.',
    visitor: 'Visitatore',
    whyChat: 'Riceve questa e-mail perché questo indirizzo è stato indicato in una chat su %.',
    yourMessage: 'Il suo messaggio a %',
    youWrote: 'Lei ha scritto:',
  },
  pt: {
    chatWith: 'Conversa com %',
    yourChat: 'A sua conversa com %',
    timesIn: 'Horas no fuso %.',
    visitor: 'Visitante',
    whyChat: 'Recebe este e-mail porque este endereço foi indicado numa conversa em %.',
    yourMessage: 'A sua mensagem para %',
    youWrote: 'Escreveu:',
  },
  nl: {
    chatWith: 'Chat met %',
    yourChat: 'Uw chat met %',
    timesIn: 'Tijden in de zone %.',
    visitor: 'Bezoeker',
    whyChat: 'U krijgt deze e-mail omdat dit adres is opgegeven in een chat op %.',
    yourMessage: 'Uw bericht aan %',
    youWrote: 'U schreef:',
  },
  pl: {
    chatWith: 'Czat z %',
    yourChat: 'Twój czat z %',
    timesIn: 'Godziny w strefie %.',
    visitor: 'Gość',
    whyChat: 'Otrzymujesz tę wiadomość, ponieważ ten adres podano w czacie na %.',
    yourMessage: 'Twoja wiadomość do %',
    youWrote: 'Twoja wiadomość:',
  },
  sv: {
    chatWith: 'Chatt med %',
    yourChat: 'Din chatt med %',
    timesIn: 'Tider i zonen %.',
    visitor: 'Besökare',
    whyChat: 'Du får det här mejlet eftersom adressen angavs i en chatt på %.',
    yourMessage: 'Ditt meddelande till %',
    youWrote: 'Du skrev:',
  },
  tr: {
    chatWith: '% ile sohbet',
    yourChat: '% ile sohbetiniz',
    timesIn: 'Saatler % dilimindedir.',
    visitor: 'Ziyaretçi',
    whyChat: 'Bu e-postayı, bu adres % üzerindeki bir sohbette verildiği için alıyorsunuz.',
    yourMessage: '% için mesajınız',
    youWrote: 'Yazdığınız:',
  },
  da: {
    chatWith: 'Chat med %',
    yourChat: 'Din chat med %',
    timesIn: 'Tider i zonen %.',
    visitor: 'Besøgende',
    whyChat: 'Du får denne mail, fordi adressen blev oplyst i en chat på %.',
    yourMessage: 'Din besked til %',
    youWrote: 'Du skrev:',
  },
  fi: {
    chatWith: 'Keskustelu: %',
    yourChat: 'Keskustelusi: %',
    timesIn: 'Ajat ovat vyöhykkeellä %.',
    visitor: 'Vierailija',
    whyChat: 'Saat tämän viestin, koska osoite annettiin keskustelussa sivustolla %.',
    yourMessage: 'Viestisi: %',
    youWrote: 'Kirjoitit:',
  },
  cs: {
    chatWith: 'Chat s %',
    yourChat: 'Váš chat s %',
    timesIn: 'Časy jsou v pásmu %.',
    visitor: 'Návštěvník',
    whyChat: 'Tento e-mail dostáváte, protože adresa byla uvedena v chatu na webu %.',
    yourMessage: 'Vaše zpráva pro %',
    youWrote: 'Napsali jste:',
  },
  ar: {
    chatWith: 'محادثة مع %',
    yourChat: 'محادثتك مع %',
    timesIn: 'الأوقات حسب المنطقة %.',
    visitor: 'زائر',
    whyChat: 'وصلتك هذه الرسالة لأن هذا العنوان ذُكر في محادثة على %.',
    yourMessage: 'رسالتك إلى %',
    youWrote: 'كتبت:',
  },
  he: {
    chatWith: 'צ׳אט עם %',
    yourChat: 'הצ׳אט שלך עם %',
    timesIn: 'השעות לפי אזור הזמן %.',
    visitor: 'מבקר',
    whyChat: 'קיבלת הודעה זו כי הכתובת נמסרה בצ׳אט באתר %.',
    yourMessage: 'ההודעה שלך אל %',
    youWrote: 'כתבת:',
  },
  ja: {
    chatWith: '%とのチャット',
    yourChat: '%とのチャットの記録',
    timesIn: '時刻は%です。',
    visitor: 'お客様',
    whyChat: 'このメールは、%のチャットでこのアドレスが入力されたため送信されました。',
    yourMessage: '%へのお問い合わせ',
    youWrote: 'お問い合わせ内容：',
  },
  zh: {
    chatWith: '与%的对话',
    yourChat: '您与%的对话',
    timesIn: '时间按%时区显示。',
    visitor: '访客',
    whyChat: '您收到此邮件，是因为有人在%的对话中填写了此地址。',
    yourMessage: '您给%的留言',
    youWrote: '您的留言：',
  },
} satisfies Record<'en' | LanguageCode, VisitorWords>

/** In this language where there are words in it, else English. */
export const visitorWords = (language: string): VisitorWords => {
  const [main = ''] = language.toLowerCase().split('-')
  return Object.hasOwn(WORDS, main) ? WORDS[main as keyof typeof WORDS] : WORDS.en
}

/** A name in its place. It stays as it is, whatever signs are in it. */
export const withName = (words: string, name: string): string => words.replace('%', () => name)
