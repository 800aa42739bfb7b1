import { gzipSync } from "node:zlib";
import { Header } from "tar";

/** A .tgz with as many people and photos as LFW has, each photo a name: 13,233 files. */
export function asManyAsLfw(): Buffer {
  const header = (path: string): Buffer => {
    const block = Buffer.alloc(512);
    new Header({ path, type: "File", mode: 0o644, size: 0, mtime: new Date(0) }).encode(block);
    return block;
  };
  const blocks: Buffer[] = [];
  for (let person = 0; person < 5749; person++) {
    const photos = person === 0 ? 13_233 - 5748 : 1;
    for (let photo = 1; photo <= photos; photo++) {
      const name = `P_${person}`;
      blocks.push(header(`lfw-deepfunneled/${name}/${name}_${String(photo).padStart(4, "0")}.jpg`));
    }
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 });
}
