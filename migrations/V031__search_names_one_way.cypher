// Names are looked for by their words with the letter of those who say them, whoever asks: nothing
// reads these two any more, nor the properties that they were made of.

DROP INDEX child_names IF EXISTS;

DROP INDEX sponsor_names IF EXISTS;
