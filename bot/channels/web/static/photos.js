// Photos are made smaller before they are sent: a roof has little signal.

const LARGE = 1_500_000;
const EDGE = 2048;

export function kindOf(file) {
  if (file.type.startsWith('image/')) return 'image';
  if (file.type.startsWith('audio/')) return 'voice';
  if (file.type.startsWith('video/')) return 'video';
  return 'document';
}

// The same photo, smaller; or the photo itself when it is small, or when this browser cannot read it.
export async function smaller(file) {
  if (file.size <= LARGE || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

// Resolves to the status, or to 0 when the network failed.
export function upload(address, file, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', address);
    request.timeout = 180_000;
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => resolve(request.status);
    request.onerror = request.ontimeout = request.onabort = () => resolve(0);
    request.send(file);
  });
}
