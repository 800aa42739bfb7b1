import { InputError, type LfwEmbeddings } from "facelab";

/** An error of LFW's labels that its authors know of. */
export interface KnownError {
  readonly what: string;
  /** Photos that the error is about, as `Name_0001`; a name alone stands for all of its photos. */
  readonly photos: readonly string[];
}

/**
 * The errors on the errata page of LFW's site, which keeps them so that results can be compared; its words are shortened. An entry that the
 * page itself has commented out (Eric_Christian_Olsen_0001) is left out.
 */
export const knownErrors: readonly KnownError[] = [
  { what: "Recep_Tayyip_Erdogan_0004 is Abdullah Gul", photos: ["Recep_Tayyip_Erdogan_0004"] },
  { what: "Anja_Paerson_0001 is Janica Kostelic", photos: ["Anja_Paerson_0001"] },
  { what: "Janica_Kostelic_0001 is Anja Paerson", photos: ["Janica_Kostelic_0001"] },
  { what: "Bart_Hendricks_0001 is Ricky_Ray_0001", photos: ["Bart_Hendricks_0001", "Ricky_Ray_0001"] },
  { what: "Carlos_Beltran_0001 is Raul_Ibanez_0001", photos: ["Carlos_Beltran_0001", "Raul_Ibanez_0001"] },
  { what: "Emmy_Rossum_0001 is Eva_Amurri_0001", photos: ["Emmy_Rossum_0001", "Eva_Amurri_0001"] },
  { what: "Michael_Schumacher_0008 is Rubens Barrichello", photos: ["Michael_Schumacher_0008"] },
  { what: "Mahmoud_Abbas_0012 is Hamad Bin Isa al-Khalifa", photos: ["Mahmoud_Abbas_0012"] },
  { what: "Jim_OBrien_0001 is another one than 0002 and 0003", photos: ["Jim_OBrien"] },
  { what: "John_Gruden is Jon_Gruden", photos: ["John_Gruden", "Jon_Gruden"] },
  { what: "Elisabeth_Schumacher is two people", photos: ["Elisabeth_Schumacher"] },
  { what: "Andrew_Gilligan_0001 is Andrew_Caldecott", photos: ["Andrew_Gilligan_0001"] },
  { what: "Nora_Bendijo_0002 is Flor Montulo", photos: ["Nora_Bendijo_0002"] },
  { what: "Flor_Montulo_0002 is Nora Bendijo", photos: ["Flor_Montulo_0002"] },
  { what: "Wang_Yingfan is Yingfan_Wang", photos: ["Wang_Yingfan", "Yingfan_Wang"] },
  { what: "Wang_Nan is Nan_Wang", photos: ["Wang_Nan", "Nan_Wang"] },
  { what: "Talisa_Bratt is Talisa_Soto", photos: ["Talisa_Bratt", "Talisa_Soto"] },
  { what: "Shinya_Taniguchi_0001 is Takahiro_Mori", photos: ["Shinya_Taniguchi_0001"] },
  { what: "Sung_Hong_Choi_0001 is Choi_Sung-hong", photos: ["Sung_Hong_Choi_0001"] },
  { what: "Martha_Bowen_0002 is Gabrielle_Rose", photos: ["Martha_Bowen_0002"] },
  { what: "Carlos_Ruckauf_0001 is Eduardo_Duhalde", photos: ["Carlos_Ruckauf_0001"] },
  { what: "Claire_Hentzen is Morgan_Hentzen", photos: ["Claire_Hentzen"] },
  { what: "Debra_Messing_0002 is Ruve Robertson, who is not in LFW", photos: ["Debra_Messing_0002"] },
];

/** Twins, whom the errata page calls rightly labelled: a trap for whoever looks for one person under two names. */
export const twins = ["Tamara_Mowry_0001", "Tia_Mowry_0001"];

/** The rows of photos. @throws InputError where a photo is not in the table. */
export function rowsOfPhotos({ names, numbers }: LfwEmbeddings, photos: readonly string[]): number[] {
  return photos.flatMap((photo) => {
    const [, name = photo, number] = /^(.*)_(\d{4})$/.exec(photo) ?? [];
    const rows = names.flatMap((one, row) =>
      one === name && (number === undefined || numbers[row] === Number(number)) ? [row] : [],
    );
    if (rows.length === 0)
      throw new InputError(`no photo ${photo} in LFW's embeddings (are they all of LFW?)`);
    return rows;
  });
}
